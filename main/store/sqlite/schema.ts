import { assertNever } from '#app/assert-never.ts';
import type { StoreChange } from '../store.ts';
import type { Statement } from './sqlite-thread.ts';

/**
 * What turns a file of each version into one of the next, the first an empty one. Only ever added to: there are files of
 * each version.
 *
 * SQLite checks the structure of its pages, not what stands in them. So each row has a CRC-32 of its values: in a deletion
 * whose list of files has changed by itself, some of the files would be others.
 */
export const MIGRATIONS: readonly (readonly string[])[] = [
  [
    `CREATE TABLE jobs (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      location_id TEXT NOT NULL,
      kind TEXT NOT NULL,
      state TEXT NOT NULL,
      detail TEXT NOT NULL,
      is_damaged INTEGER NOT NULL,
      crc INTEGER NOT NULL
    ) STRICT`,
    'CREATE INDEX jobs_by_location ON jobs (location_id, kind)',
    // With its row id, which keeps the order.
    `CREATE TABLE items (
      job INTEGER NOT NULL REFERENCES jobs ON DELETE CASCADE,
      id TEXT NOT NULL,
      state TEXT NOT NULL,
      detail TEXT NOT NULL,
      crc INTEGER NOT NULL,
      PRIMARY KEY (job, id)
    ) STRICT`,
    'CREATE TABLE imports (hash TEXT PRIMARY KEY) STRICT, WITHOUT ROWID',
  ],
  [
    `CREATE TABLE history (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT,
      location_id TEXT NOT NULL,
      kind TEXT NOT NULL,
      file_id TEXT NOT NULL,
      detail TEXT NOT NULL,
      crc INTEGER NOT NULL,
      UNIQUE (location_id, kind, file_id)
    ) STRICT`,
  ],
];

/** A line feed stands in no id and in no JSON, so that no two rows look alike. */
const toCrc = (...values: readonly string[]) => `crc(${values.join(` || char(10) || `)})`;
const jobCrc = (prefix: string, state: string) =>
  toCrc(...['id', 'location_id', 'kind'].map((column) => prefix + column), state, `${prefix}detail`);

const PUT_JOB = `
  INSERT INTO jobs (id, location_id, kind, state, detail, is_damaged, crc)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ${toCrc('?1', '?2', '?3', '?4', '?5')})
  ON CONFLICT (id) DO UPDATE SET
    location_id = excluded.location_id, kind = excluded.kind, state = excluded.state, detail = excluded.detail,
    is_damaged = excluded.is_damaged, crc = excluded.crc`;
const SET_JOB_STATE = `UPDATE jobs SET state = ?2, crc = ${jobCrc('', '?2')} WHERE id = ?1`;
const REMOVE_JOB = 'DELETE FROM jobs WHERE id = ?';
const PUT_ITEMS = `
  INSERT INTO items (job, id, state, detail, crc)
  SELECT sequence, value, ?2, ?3, ${toCrc('value', '?2', '?3')} FROM jobs, json_each(?4) WHERE jobs.id = ?1
  ON CONFLICT (job, id) DO UPDATE SET state = excluded.state, detail = excluded.detail, crc = excluded.crc`;
const REMOVE_ITEMS = 'DELETE FROM items WHERE job = (SELECT sequence FROM jobs WHERE id = ?)';
const PUT_HISTORY = `
  INSERT OR REPLACE INTO history (location_id, kind, file_id, detail, crc)
  VALUES (?1, ?2, ?3, ?4, ${toCrc('?1', '?2', '?3', '?4')})`;
const REMOVE_HISTORY = `
  DELETE FROM history WHERE location_id = ? AND kind = ? AND file_id IN (SELECT value FROM json_each(?))`;
const HISTORY_CRC = toCrc('location_id', 'kind', 'file_id', 'detail');
const NOTE_IMPORT = 'INSERT INTO imports (hash) VALUES (?) ON CONFLICT DO NOTHING';

/** Gives the statement that makes a change. */
export function toStatement(change: StoreChange): Statement {
  switch (change.op) {
    case 'putJob': {
      const { id, locationId, kind, state, detail } = change;
      return { sql: PUT_JOB, values: [id, locationId, kind, state, toJson(detail), 0] };
    }
    case 'setJobState':
      return { sql: SET_JOB_STATE, values: [change.id, change.state] };
    case 'removeJob':
      return { sql: REMOVE_JOB, values: [change.id] };
    case 'putItems':
      return toPutItems(change.jobId, change.state, toJson(change.detail), change.ids);
    case 'removeItems':
      return { sql: REMOVE_ITEMS, values: [change.jobId] };
    case 'putHistory':
      return toPutHistory(change.locationId, change.kind, change.fileId, toJson(change.detail));
    case 'removeHistory':
      return {
        sql: REMOVE_HISTORY,
        values: [change.locationId, change.kind, JSON.stringify(change.fileIds)],
      };
    case 'noteImport':
      return { sql: NOTE_IMPORT, values: [change.hash] };
    default:
      return assertNever(change);
  }
}

/** Gives the statement that puts items whose details are JSON. */
export function toPutItems(jobId: string, state: string, json: string, ids: readonly string[]): Statement {
  return { sql: PUT_ITEMS, values: [jobId, state, json, JSON.stringify(ids)] };
}

/** Gives the statement that puts an entry of the history whose details are JSON. */
export function toPutHistory(locationId: string, kind: string, fileId: string, json: string): Statement {
  return { sql: PUT_HISTORY, values: [locationId, kind, fileId, json] };
}

/** Gives the statement that puts a job which was read from a damaged file, as its row is. */
export function toPutDamagedJob(row: {
  readonly id: string;
  readonly location_id: string;
  readonly kind: string;
  readonly state: string;
  readonly detail: string;
}): Statement {
  return { sql: PUT_JOB, values: [row.id, row.location_id, row.kind, row.state, row.detail, 1] };
}

/** The jobs of a location and kind. */
export const READ_JOBS = `
  SELECT sequence, id, state, detail, is_damaged FROM jobs WHERE location_id = ? AND kind = ? ORDER BY sequence`;

/** The items of such jobs, in groups: many rows of a few texts each take long to cross to another thread. */
export const READ_ITEMS = `
  SELECT items.job, items.state, items.detail, json_group_array(items.id ORDER BY items.rowid) AS ids
  FROM items JOIN jobs ON jobs.sequence = items.job
  WHERE jobs.location_id = ? AND jobs.kind = ?
  GROUP BY items.job, items.state, items.detail`;

/** A part of the history of a location behind a row. */
export const READ_HISTORY = `
  SELECT sequence, kind, file_id, detail FROM history
  WHERE location_id = ? AND sequence > ? ORDER BY sequence LIMIT ?`;

export const HAS_IMPORTED = 'SELECT count(*) AS count FROM imports WHERE hash = ?';

/** What counts the rows of each table that are not as they were written, and the version that brought the table. */
export const WRONG_ROWS: readonly { readonly since: number; readonly sql: string }[] = [
  { since: 1, sql: `SELECT count(*) AS count FROM jobs WHERE crc IS NOT ${jobCrc('', 'state')}` },
  { since: 1, sql: `SELECT count(*) AS count FROM items WHERE crc IS NOT ${toCrc('id', 'state', 'detail')}` },
  { since: 2, sql: `SELECT count(*) AS count FROM history WHERE crc IS NOT ${HISTORY_CRC}` },
];

/**
 * What a damaged file still gives, from one end and from the other. A job counts as damaged anyway, so that one which is
 * not as it was written can be told of; an item that is not would name another file.
 */
export const READABLE_JOBS = toBothWays('SELECT * FROM jobs NOT INDEXED', 'sequence');
export const READABLE_ITEMS = toBothWays(
  `SELECT rowid, job, id, state, detail FROM items NOT INDEXED WHERE crc IS ${toCrc('id', 'state', 'detail')}`,
  'rowid',
);
export const READABLE_HISTORY = toBothWays(
  `SELECT sequence, location_id, kind, file_id, detail FROM history NOT INDEXED WHERE crc IS ${HISTORY_CRC}`,
  'sequence',
);
export const READABLE_IMPORTS = toBothWays('SELECT hash FROM imports', 'hash');

function toBothWays(select: string, key: string): readonly [string, string] {
  return [`${select} ORDER BY ${key} ASC`, `${select} ORDER BY ${key} DESC`];
}

function toJson(detail: unknown): string {
  return JSON.stringify(detail ?? null);
}
