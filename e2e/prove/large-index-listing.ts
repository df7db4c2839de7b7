import { setTimeout as wait } from 'node:timers/promises';
import type { RemoteFile } from '#app/files/remote-file.ts';
import type { ListFiles } from '../../main/file-index/walk-listing.ts';
import { createFileId } from '../server/file-id.ts';
import { createRandom, pick, type Random } from '../server/random.ts';

/** A listing that is made up as it is read: as much of it is in memory as the reader keeps. */
export interface MadeUpListing {
  readonly listFiles: ListFiles;
  /** The same file at every call. */
  readonly file: (position: number) => RemoteFile;
}

const PAGE_ROWS = 1000;
/** No network gives a page in less time, in milliseconds. */
const PAGE_MS = 5;
const OLDEST_AT = Date.UTC(2024, 0, 1);
const STEP_MS = 20_000;
const STEMS = ['invoice', 'Übersicht', 'répétition', 'q3-summary', 'transcript', 'IMG', 'log', 'eval-cases'];
const FOLDERS = ['', '', 'reports/2026/', 'data/raw/', 'data/clean/', 'evals/run-'];
const MIME_TYPES = [
  'application/pdf',
  'text/plain',
  'application/json',
  'image/png',
  'text/csv',
  'audio/wav',
];

/** Makes up a listing of so many files, repeatable, oldest first. */
export function createMadeUpListing(count: number, seed: number): MadeUpListing {
  const file = (position: number) => createFile(position, createRandom(seed + position));
  return {
    file,
    listFiles: async (from, signal) => {
      await wait(PAGE_MS, undefined, { signal });
      const start = from?.by === 'cursor' ? Number(from.cursor) : 0;
      const end = Math.min(start + PAGE_ROWS, count);
      const files = Array.from({ length: end - start }, (_, index) => file(start + index));
      const lastId = files.at(-1)?.id ?? null;
      return {
        files,
        unreadableRows: 0,
        unreadableBehind: 0,
        lastId,
        next: end < count ? { by: 'cursor', cursor: String(end) } : null,
      };
    },
  };
}

function createFile(position: number, random: Random): RemoteFile {
  const folder = pick(random, FOLDERS);
  const place = folder.endsWith('-') ? `${folder}${random() % 1000}/` : folder;
  return {
    id: createFileId(random, 'current'),
    name: `${place}${pick(random, STEMS)} ${random() % 100_000}.bin`,
    mimeType: pick(random, MIME_TYPES),
    sizeBytes: random() % 10_000_000,
    createdAt: OLDEST_AT + position * STEP_MS,
    isSaveable: random() % 8 === 0,
  };
}
