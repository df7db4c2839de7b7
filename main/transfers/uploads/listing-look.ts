import type { RemoteFile } from '#app/files/remote-file.ts';
import { type ListFiles, walkListing } from '../../file-index/walk-listing.ts';

/** The listing from its start to its end. */
export interface WholeListing {
  readonly files: readonly RemoteFile[];
  /** Rows that could not be read: any file may be one of them. */
  readonly unreadableRows: number;
}

/** Reads the listing afresh. Throws `AppFailure`. */
export type LookAtListing = () => Promise<WholeListing>;

/** What a look is made of. */
export interface ListingLookParts {
  readonly listFiles: ListFiles;
  /** Called as a reading begins; what it gives is told of the files of each page. */
  readonly follow: () => (files: readonly RemoteFile[]) => void;
  /** Settles when the server may be asked; rejects at an abort. */
  readonly whenAllowed: (signal: AbortSignal) => Promise<void>;
  /** Told of a failure before anybody asks again. */
  readonly onFailure: (cause: unknown) => void;
  /** Ends every look. */
  readonly signal: AbortSignal;
}

/**
 * Makes a look that many may share: whoever asks while a reading is under way gets the one after it, as a page that
 * was read before the question would not tell of a file that came between.
 */
export function createListingLook(parts: ListingLookParts): LookAtListing {
  let running: Promise<WholeListing> | null = null;
  let next: Promise<WholeListing> | null = null;

  const read = async () => {
    await parts.whenAllowed(parts.signal);
    try {
      return await readAll(parts);
    } catch (cause) {
      parts.onFailure(cause);
      throw cause;
    }
  };
  const start = () => {
    const reading = read().finally(() => {
      if (running === reading) running = null;
    });
    running = reading;
    return reading;
  };
  return () => {
    if (!running) return start();
    next ??= running
      .then(
        () => undefined,
        () => undefined,
      )
      .then(() => {
        next = null;
        return start();
      });
    return next;
  };
}

async function readAll({ listFiles, follow, signal }: ListingLookParts): Promise<WholeListing> {
  const tell = follow();
  const files = new Map<string, RemoteFile>();
  let unreadableRows = 0;
  for await (const page of walkListing({ listFiles, signal, start: null, countFiles: () => files.size })) {
    tell(page.files);
    for (const file of page.files) files.set(file.id, file);
    unreadableRows += page.unreadableRows;
  }
  return { files: [...files.values()], unreadableRows };
}
