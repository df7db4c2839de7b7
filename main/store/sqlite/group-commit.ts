import { SqliteError, type SqliteFailure, type SqliteThread, type Statement } from './sqlite-thread.ts';

/** Commits of which all that come while one is under way share the next transaction, and so the next sync of the disk. */
export interface GroupCommit {
  /** Settles when the disk has it. Throws `SqliteError`. */
  commit(statements: readonly Statement[]): Promise<void>;
  /** Settles when none is under way. */
  whenIdle(): Promise<void>;
}

interface Waiting {
  readonly statements: readonly Statement[];
  readonly settle: (failure: SqliteFailure | null) => void;
}

/** Makes them for a database. */
export function createGroupCommit(thread: Pick<SqliteThread, 'commit'>): GroupCommit {
  let waiting: Waiting[] = [];
  let running: Promise<void> | null = null;

  const write = async (group: readonly Waiting[]) => {
    const failures = await thread
      .commit(group.map(({ statements }) => statements))
      .catch((cause: unknown) => group.map(() => toFailure(cause)));
    for (const [index, { settle }] of group.entries()) settle(failures[index] ?? null);
  };
  const run = async () => {
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      await write(group);
    }
    running = null;
  };
  return {
    commit: (statements) =>
      new Promise((resolve, reject) => {
        const settle = (failure: SqliteFailure | null) =>
          failure ? reject(new SqliteError(failure)) : resolve();
        waiting.push({ statements, settle });
        // After all that belongs to this turn of the event loop.
        running ??= Promise.resolve().then(run);
      }),
    whenIdle: () => running ?? Promise.resolve(),
  };
}

function toFailure(cause: unknown): SqliteFailure {
  return cause instanceof SqliteError ? cause : { message: String(cause), code: null };
}
