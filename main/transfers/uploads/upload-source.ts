import type { UploadConcern } from '#app/transfers/transfer.ts';
import { openSourceFile, type SourceFile } from './source-file.ts';

/** A file on this computer and the name it shall have on the server. */
export interface UploadSource {
  readonly path: string;
  readonly name: string;
  /** When the file was found, in bytes; the upload looks again. */
  readonly sizeBytes: number;
  /** Why a person is asked before it is sent; absent for an ordinary file. */
  readonly concern?: UploadConcern | undefined;
  /** How the file is opened; by its path unless told. */
  readonly open?: ((path: string) => Promise<SourceFile>) | undefined;
}

/** Opens the file; throws as `openSourceFile` does. */
export function openSource({
  path,
  open = openSourceFile,
}: Pick<UploadSource, 'path' | 'open'>): Promise<SourceFile> {
  return open(path);
}
