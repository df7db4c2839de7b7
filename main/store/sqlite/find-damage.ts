import { type FileHandle, open } from 'node:fs/promises';
import { hasCode } from '../../disk/has-code.ts';
import { WRONG_ROWS } from './schema.ts';
import type { SqliteThread } from './sqlite-thread.ts';

const HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;
/** Where its two salts stand in the header of the log, and in the header of each frame. */
const HEADER_SALTS = { start: 16, end: 24 };
const FRAME_SALTS = { start: 8, end: 16 };
/** In the header of a frame: the size of the database behind a commit, 0 within one. */
const FRAME_COMMIT = 4;
const PAGE_SIZE = 8;

/** Says what is wrong with a database of a version that was just opened, and has been written to by nobody since; null when nothing is. Throws `SqliteError`. */
export async function findDamage(
  thread: SqliteThread,
  path: string,
  version: number,
): Promise<string | null> {
  const [check] = await thread.read('PRAGMA integrity_check(1)');
  if (check?.['integrity_check'] !== 'ok') return String(check?.['integrity_check']);
  const orphans = await thread.read('PRAGMA foreign_key_check');
  if (orphans.length > 0) return `${orphans.length} items without their jobs`;
  for (const { since, sql } of WRONG_ROWS) {
    const [wrong] = since <= version ? await thread.read(sql) : [{ count: 0 }];
    if (wrong?.['count'] !== 0) return `${wrong?.['count']} rows are not as they were written`;
  }
  const [log] = await thread.read('PRAGMA wal_checkpoint(PASSIVE)');
  const lost = await countLostCommits(`${path}-wal`, Number(log?.['log']));
  return lost > 0 ? `${lost} commits behind a damaged one in the log` : null;
}

/**
 * Counts the commits of a log that are lost for certain. SQLite ends its reading of the log at the first frame that is not
 * whole, and says nothing: it may be what a power cut has torn. As each commit is synced before the next begins, that can
 * be one commit only, so where there are two behind that frame an earlier one was damaged.
 */
async function countLostCommits(path: string, goodFrames: number): Promise<number> {
  let handle: FileHandle;
  try {
    handle = await open(path, 'r');
  } catch (cause) {
    if (hasCode(cause, 'ENOENT')) return 0;
    throw cause;
  }
  try {
    const header = await readAt(handle, 0, HEADER_BYTES);
    if (header.length < HEADER_BYTES) return 0;
    const salts = header.subarray(HEADER_SALTS.start, HEADER_SALTS.end);
    const frameBytes = FRAME_HEADER_BYTES + header.readUInt32BE(PAGE_SIZE);
    let commits = 0;
    for (let index = Math.max(0, goodFrames); ; index += 1) {
      const frame = await readAt(handle, HEADER_BYTES + index * frameBytes, FRAME_HEADER_BYTES);
      if (frame.length < FRAME_HEADER_BYTES) return commits > 1 ? commits : 0;
      const isOfThisLog = frame.subarray(FRAME_SALTS.start, FRAME_SALTS.end).equals(salts);
      if (isOfThisLog && frame.readUInt32BE(FRAME_COMMIT) > 0) commits += 1;
    }
  } finally {
    await handle.close();
  }
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
