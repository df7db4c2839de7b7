import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from '../disk/has-code.ts';
import { writeRecord } from '../disk/write-record.ts';
import { createMutex, type Mutex } from '../engine/mutex.ts';

/** Where a location's listing is kept between two runs of the app: a copy that the server can give again. */
export interface SavedListing {
  /** Gives what was written last; null when nothing was. Throws the system's own errors. */
  read(): Promise<Uint8Array | null>;
  /** Puts this in the place of what was there, whole or not at all. Throws the system's own errors. */
  write(bytes: Uint8Array): Promise<void>;
  remove(): Promise<void>;
}

/** One a folder: what one location tidies up must not be what another is writing. */
const turns = new Map<string, Mutex>();

/** How the names of listings end; while one is written its name goes on behind that. */
const LISTING_SUFFIX = '.listing';
/** Listings of keys that are not used any more would stay for ever: so many are kept, those written last. */
const MAX_KEPT = 5;

/**
 * Keeps a location's listing in a file of its own; its folder is made when it is written first. The folder holds
 * nothing else: with every writing, the oldest listings and what a crash has left there are removed from it.
 */
export function createSavedListing(folder: string, locationId: string): SavedListing {
  const path = join(folder, `${locationId}${LISTING_SUFFIX}`);
  return {
    read: async () => {
      try {
        return await readFile(path);
      } catch (cause) {
        if (hasCode(cause, 'ENOENT')) return null;
        throw cause;
      }
    },
    write: (bytes) =>
      inTurn(folder, async () => {
        await mkdir(folder, { recursive: true });
        await writeRecord(path, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
        await removeOld(folder);
      }),
    remove: () => rm(path, { force: true }),
  };
}

/** Removes the listings of all locations. Throws the system's own errors. */
export function removeListings(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true });
}

function inTurn(folder: string, work: () => Promise<void>): Promise<void> {
  const mutex = turns.get(folder) ?? createMutex();
  turns.set(folder, mutex);
  return mutex.run(work);
}

async function removeOld(folder: string): Promise<void> {
  // The listing is written: one that cannot be tidied up after is no failure of it.
  const paths = (await readdir(folder).catch(() => [])).map((name) => join(folder, name));
  const listings = await Promise.all(
    paths.filter(isListing).map(async (path) => ({ path, writtenAt: (await stat(path)).mtimeMs })),
  );
  listings.sort((one, other) => other.writtenAt - one.writtenAt);
  const old = listings.slice(MAX_KEPT).map(({ path }) => path);
  const unfinished = paths.filter((path) => !isListing(path));
  // What cannot be removed now, as while another program reads it, is tried again with the next writing.
  await Promise.allSettled([...old, ...unfinished].map((path) => rm(path, { force: true })));
}

function isListing(path: string): boolean {
  return path.endsWith(LISTING_SUFFIX);
}
