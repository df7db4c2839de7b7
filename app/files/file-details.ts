import type { AppError } from '../errors.ts';
import type { RemoteFile } from './remote-file.ts';

/** Everything that is known of one file. */
export interface FileDetails {
  readonly file: RemoteFile;
  /** Why the server could not be asked, so that `file` is what the listing said; null when it was. */
  readonly readError: AppError | null;
  /** Whether it waits to be deleted or is being deleted. */
  readonly isDeleting: boolean;
  /** Why the last deletion of it failed; null when none did. */
  readonly deletionError: AppError | null;
  /** What this computer knows of its content; null when it did not come from here and was not saved here. */
  readonly local: LocalCopy | null;
}

/** A file on this computer that has, or had, the content of one on the server. The page is told its name, never its path. */
export interface LocalCopy {
  /** How it came to be the same: this computer uploaded or saved it. */
  readonly origin: 'uploaded' | 'saved';
  /** Its own name, without folders. */
  readonly name: string;
  /** When it was uploaded or saved, in milliseconds since the epoch. */
  readonly at: number;
  /** Of the content, in lower-case hexadecimal; null when it was not kept. */
  readonly sha256: string | null;
  /** Whether it is still there as it was then: only then can it be dragged to another program. */
  readonly isUnchanged: boolean;
}

/** What came of dragging files out of the window. */
export interface DraggedFiles {
  /** Files that are dragged. */
  readonly count: number;
  /** Files that are not on this computer as they are on the server, and so are left out. */
  readonly leftOutCount: number;
  /** Those of them that can be saved to this computer. */
  readonly saveableIds: readonly string[];
}

/** The forms in which files can be copied to the clipboard for use in a program; none of them holds the key. */
export type SnippetFormat = 'ids' | 'curl' | 'typescript' | 'python' | 'messagePart';
