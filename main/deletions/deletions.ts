import { randomUUID } from 'node:crypto';
import type { AppError, AppErrorCode } from '#app/errors.ts';
import type { Deletion, DeletionFailure } from '#app/files/deletion.ts';
import { type DeleteOneParts, deleteOne } from './delete-one.ts';

/** What deletions are made of. */
export interface DeletionsParts extends DeleteOneParts {
  readonly findName: (id: string) => string | undefined;
  /** How long nothing is sent after a deletion began, in milliseconds. */
  readonly graceMs: number;
  /** Told of files that are gone, as they go. */
  readonly onDeleted: (ids: readonly string[]) => void;
  readonly onChange: (deletion: Deletion) => void;
}

/** The confirmed deletions of one location. */
export interface Deletions {
  /** Begins the grace period of a deletion; when it ends, the files are deleted for good. */
  begin(fileIds: readonly string[]): Deletion;
  /** Takes a deletion back; answers false when its grace period is over. */
  undo(id: string): boolean;
  list(): readonly Deletion[];
  /** Drops what has not been sent: files of a grace period stay on the server. */
  close(): void;
}

/** Requests at once: a deletion of thousands must not crowd out the transfers. */
const CONCURRENCY = 4;
/** Errors that every further file would meet too; those are not asked for any more. */
const HOPELESS: ReadonlySet<AppErrorCode> = new Set(['unauthorized', 'offline', 'rateLimited', 'cancelled']);
/** Finished deletions that are remembered for a window that loads again. */
const MAX_FINISHED = 20;

/** Makes the deletions of a location; nothing is sent before the first grace period ends. */
export function createDeletions(parts: DeletionsParts): Deletions {
  const deletions = new Map<string, Deletion>();
  const timers = new Map<string, NodeJS.Timeout>();
  const controller = new AbortController();

  const change = (deletion: Deletion) => {
    deletions.set(deletion.id, deletion);
    if (!controller.signal.aborted) parts.onChange(deletion);
  };

  const carryOut = async (waiting: Deletion) => {
    timers.delete(waiting.id);
    change({ ...waiting, phase: 'deleting' });
    const failures = await deleteAll(parts, waiting.fileIds, controller.signal);
    change({
      ...waiting,
      phase: 'finished',
      deletedCount: waiting.fileIds.length - failures.length,
      failures,
    });
    forgetOldest(deletions);
  };

  return {
    begin: (fileIds) => {
      const ids = [...new Set(fileIds)];
      const deletion: Deletion = {
        id: randomUUID(),
        phase: 'waiting',
        fileIds: ids,
        firstName: parts.findName(ids[0] ?? '') ?? '',
        dueAt: Date.now() + parts.graceMs,
        deletedCount: 0,
        failures: [],
      };
      change(deletion);
      timers.set(
        deletion.id,
        setTimeout(() => void carryOut(deletion), parts.graceMs),
      );
      return deletion;
    },
    undo: (id) => {
      const deletion = deletions.get(id);
      if (deletion?.phase !== 'waiting') return false;
      clearTimeout(timers.get(id));
      timers.delete(id);
      change({ ...deletion, phase: 'undone' });
      deletions.delete(id);
      return true;
    },
    list: () => [...deletions.values()],
    close: () => {
      controller.abort();
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}

async function deleteAll(
  parts: DeletionsParts,
  fileIds: readonly string[],
  signal: AbortSignal,
): Promise<readonly DeletionFailure[]> {
  const failures: DeletionFailure[] = [];
  const queue = fileIds.values();
  let hopeless: AppError | null = null;
  const work = async () => {
    for (const fileId of queue) {
      const error: AppError | null = hopeless ?? (await deleteOne(parts, fileId, signal));
      if (error === null) parts.onDeleted([fileId]);
      else failures.push({ fileId, name: parts.findName(fileId) ?? fileId, error });
      if (error && HOPELESS.has(error.code)) hopeless = error;
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  return failures;
}

function forgetOldest(deletions: Map<string, Deletion>): void {
  const finished = [...deletions.values()].filter((deletion) => deletion.phase === 'finished');
  for (const deletion of finished.slice(0, -MAX_FINISHED)) deletions.delete(deletion.id);
}
