import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import * as z from 'zod';
import type { Profile } from './profile.ts';

/** Where the app of a profile keeps what outlasts it. */
export const storePath = (profile: Profile) => join(profile.userDataFolder, 'records', 'records-1.sqlite');

const job = z.object({ id: z.string(), state: z.string() });
const item = z.object({ id: z.string(), state: z.string() });

/** A job as a crash now would leave it. */
export interface StoredRows {
  readonly id: string;
  readonly state: string;
  readonly items: readonly z.infer<typeof item>[];
}

/** Reads the deletions that the app has on disk. */
export function readStoredDeletions(profile: Profile): readonly StoredRows[] {
  return readCopy(profile, [], (database) => {
    const jobs = database.prepare("SELECT id, state FROM jobs WHERE kind = 'deletion' ORDER BY sequence");
    const items = database.prepare(
      'SELECT items.id, items.state FROM items JOIN jobs ON jobs.sequence = items.job WHERE jobs.id = ?',
    );
    const rows = z.array(job).parse(jobs.all());
    return rows.map(({ id, state }) => ({ id, state, items: z.array(item).parse(items.all(id)) }));
  });
}

/** Reads the ids of the files of which the app has on disk that it has uploaded them. */
export function readStoredUploads(profile: Profile): readonly string[] {
  return readCopy(profile, [], (database) => {
    const rows = database.prepare("SELECT file_id AS id FROM history WHERE kind = 'upload'").all();
    return z
      .array(z.object({ id: z.string() }))
      .parse(rows)
      .map(({ id }) => id);
  });
}

/**
 * Reads a copy: the app alone may have the database open, and what a log says is played as after a crash. Gives `none` where
 * there is none yet.
 */
function readCopy<Value>(
  profile: Profile,
  none: Value,
  read: (database: InstanceType<typeof DatabaseSync>) => Value,
): Value {
  const path = storePath(profile);
  if (!existsSync(path)) return none;
  const folder = mkdtempSync(join(tmpdir(), 'files-for-openrouter-'));
  try {
    const copy = join(folder, 'copy.sqlite');
    copyFileSync(path, copy);
    if (existsSync(`${path}-wal`)) copyFileSync(`${path}-wal`, `${copy}-wal`);
    const database = new DatabaseSync(copy);
    try {
      return read(database);
    } finally {
      database.close();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}
