import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

/** What a column can hold, as far as the store needs it. */
export type SqlValue = string | number | null;

/** One statement with the values of its parameters. */
export interface Statement {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** A row by the names of its columns. */
export type Row = Readonly<Record<string, unknown>>;

/** What SQLite says of a failure. */
export interface SqliteFailure {
  readonly message: string;
  /** SQLite's own number of it; null for failures that are not SQLite's. */
  readonly code: number | null;
}

/** A failure of SQLite's. */
export class SqliteError extends Error {
  readonly code: number | null;

  constructor({ message, code }: SqliteFailure) {
    super(message);
    this.code = code;
  }
}

/** One database in a thread of its own, as each commit blocks its thread until the disk has it. Calls run one after the other. */
export interface SqliteThread {
  /** Opens the database at a path, closes one that was open, and runs statements without results. Throws `SqliteError`, like all others. */
  open(path: string, setUp: readonly string[]): Promise<void>;
  /** Runs each list of statements as a whole or not at all, together where all of them work; answers what each has met. */
  commit(lists: readonly (readonly Statement[])[]): Promise<readonly (SqliteFailure | null)[]>;
  /** Gives all rows. */
  read(sql: string, ...values: readonly SqlValue[]): Promise<readonly Row[]>;
  /** Gives the rows that come before the first that cannot be read. */
  readWhileReadable(sql: string): Promise<readonly Row[]>;
  /** Closes the database and ends the thread. */
  close(): Promise<void>;
  /** Ends the thread whatever there is. */
  end(): Promise<void>;
}

/** CORRUPT and NOTADB. */
const DAMAGE_CODES = [11, 26];

/** Whether a failure says that a file is no database, or not a whole one. */
export function isDamage(cause: unknown): boolean {
  return cause instanceof SqliteError && cause.code !== null && DAMAGE_CODES.includes(cause.code & 0xff);
}

/** What the thread runs. As text, so that it needs no file of its own; the binding is read from where main finds it. */
const PROGRAM = `
const { parentPort, workerData } = require('node:worker_threads');
const { crc32 } = require('node:zlib');
let database = null;
let prepared = new Map();
const prepare = (sql) => {
  const known = prepared.get(sql);
  if (known) return known;
  const statement = database.prepare(sql);
  prepared.set(sql, statement);
  return statement;
};
const inTransaction = (lists) => {
  database.exec('BEGIN IMMEDIATE');
  try {
    for (const list of lists) for (const { sql, values } of list) prepare(sql).run(...values);
    database.exec('COMMIT');
  } catch (cause) {
    // SQLite may have rolled back by itself, as on a full disk.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw cause;
  }
};
const toFailure = (cause) => ({
  message: String(cause && cause.message),
  code: cause && typeof cause.errcode === 'number' ? cause.errcode : null,
});
const attempt = (lists) => {
  try {
    inTransaction(lists);
    return null;
  } catch (cause) {
    return toFailure(cause);
  }
};
const calls = {
  open: ({ path, setUp }) => {
    calls.close();
    const { DatabaseSync } = require(workerData.binding);
    database = new DatabaseSync(path, { timeout: 5000 });
    database.function('crc', { deterministic: true }, (text) => crc32(text));
    for (const sql of setUp) database.exec(sql);
  },
  commit: ({ lists }) => {
    const failure = attempt(lists);
    if (failure === null || lists.length === 1) return lists.map(() => failure);
    return lists.map((list) => attempt([list]));
  },
  read: ({ sql, values }) => prepare(sql).all(...values),
  readWhileReadable: ({ sql }) => {
    const rows = [];
    try {
      for (const row of database.prepare(sql).iterate()) rows.push(row);
    } catch {}
    return rows;
  },
  close: () => {
    prepared = new Map();
    if (database) database.close();
    database = null;
  },
};
parentPort.on('message', (call) => {
  try {
    parentPort.postMessage({ value: calls[call.name](call) });
  } catch (cause) {
    parentPort.postMessage({ failure: toFailure(cause) });
  }
});
`;

/** What the thread answers to a call. */
interface Answer {
  readonly value?: unknown;
  readonly failure?: SqliteFailure;
}

/** Starts such a thread, without a database. */
export function startSqliteThread(): SqliteThread {
  const binding = createRequire(import.meta.url).resolve('@photostructure/sqlite');
  const worker = new Worker(PROGRAM, { eval: true, workerData: { binding } });
  // It keeps the process only while it has something to do.
  worker.unref();
  /** In the order in which they were called. */
  const waiting: ((answer: Answer) => void)[] = [];
  let ended: SqliteFailure | null = null;
  const end = (message: string) => {
    ended ??= { message, code: null };
    for (const settle of waiting.splice(0)) settle({ failure: ended });
  };
  worker.on('message', (answer: Answer) => {
    waiting.shift()?.(answer);
    if (waiting.length === 0) worker.unref();
  });
  worker.on('error', (cause) => end(String(cause)));
  worker.on('exit', () => end('the thread of the store has ended'));

  const call = <Value>(name: string, parameters: object = {}): Promise<Value> =>
    new Promise((resolve, reject) => {
      const settle = ({ value, failure }: Answer) => {
        if (failure) reject(new SqliteError(failure));
        // What the thread gives for a call is what its method names.
        else resolve(value as Value);
      };
      if (ended) return settle({ failure: ended });
      waiting.push(settle);
      worker.ref();
      worker.postMessage({ name, ...parameters });
    });
  return {
    open: (path, setUp) => call('open', { path, setUp }),
    commit: (lists) => call('commit', { lists }),
    read: (sql, ...values) => call('read', { sql, values }),
    readWhileReadable: (sql) => call('readWhileReadable', { sql }),
    close: async () => {
      try {
        await call('close');
      } finally {
        await worker.terminate();
      }
    },
    end: async () => {
      await worker.terminate();
    },
  };
}
