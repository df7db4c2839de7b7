import type { DeletionFailure } from '#app/files/deletion.ts';
import { inSlices } from '../engine/in-slices.ts';
import { createPendingChanges } from '../store/pending-changes.ts';
import type { Store } from '../store/store.ts';
import { readDeletion, toBeginning, toFinished, toSettled, toState } from './deletion-records.ts';
import { type DeletionWork, reviveWork } from './deletion-work.ts';

/** The record on disk of the deletions of a location that are not over. */
export interface DeletionJournal {
  /**
   * Notes that a deletion begins, with its grace period or without one; settles when that is on disk. Throws
   * `journalUnwritable`, and then nothing counts as begun.
   */
  begin(work: DeletionWork): Promise<void>;
  /** Notes that files may be gone from now on, as `work` is `deleting`; settles when that is on disk. Throws `journalUnwritable`. */
  start(work: DeletionWork): Promise<void>;
  /** Notes what has become of files. On disk only after {@link sync}. */
  settle(work: DeletionWork, goneIds: readonly string[], failures: readonly DeletionFailure[]): void;
  cancel(work: DeletionWork): void;
  /** Notes how it came out, which is still to be told. */
  finish(work: DeletionWork): void;
  /** Notes that it is over and nothing of it is left to be told. */
  end(work: DeletionWork): void;
  /**
   * Sees to it that the next run does not go on with deletions that are over, to be called when {@link sync} has thrown. It
   * needs no room on the disk. How they came out is noted with the next sync. Throws `journalUnwritable`.
   */
  stop(works: readonly DeletionWork[]): Promise<void>;
  /** Settles when all is on disk. Throws `journalUnwritable`, and tries again with the next call. */
  sync(): Promise<void>;
}

/** A journal and what an earlier run has left in it. */
export interface OpenedDeletionJournal {
  readonly journal: DeletionJournal;
  /** Oldest first. */
  readonly works: readonly DeletionWork[];
}

/** Ids of one step: main has a window to serve between two. */
const IDS_PER_STEP = 5000;

/** Opens the journal of a location. */
export async function openDeletionJournal(store: Store, locationId: string): Promise<OpenedDeletionJournal> {
  const jobs = await store.readJobs(locationId, 'deletion');
  const all = jobs.map((job) => reviveWork(readDeletion(job)));
  const journal = createDeletionJournal(store, locationId);
  // What was damaged must not look whole to the next run.
  for (const work of all) if (work.deletion.isDamaged) journal.finish(work);
  // Of one without a file there is nothing to tell but that records were damaged.
  const works = all.filter(({ deletion }) => deletion.count > 0);
  for (const work of all) if (work.deletion.count === 0) journal.end(work);
  await journal.sync().catch(() => undefined);
  return { journal, works };
}

function createDeletionJournal(store: Store, locationId: string): DeletionJournal {
  const changes = createPendingChanges(store);
  const end: DeletionJournal['end'] = ({ deletion }) =>
    changes.append([{ op: 'removeJob', id: deletion.id }]);
  return {
    begin: async (work) => {
      const { deletion, remaining } = work;
      const isStarted = deletion.phase === 'deleting';
      try {
        await store.commit(toBeginning(locationId, deletion, isStarted, await toParts(remaining)));
      } catch (cause) {
        // It may be found after a crash all the same.
        end(work);
        throw cause;
      }
    },
    start: ({ deletion }) => {
      changes.append([toState(deletion.id, 'started')]);
      return changes.sync();
    },
    settle: ({ deletion }, goneIds, failures) => changes.append(toSettled(deletion.id, goneIds, failures)),
    cancel: ({ deletion }) => changes.append([toState(deletion.id, 'cancelled')]),
    finish: ({ deletion }) => changes.append(toFinished(locationId, deletion.id, deletion)),
    end,
    stop: (works) => store.commitFromReserve(works.map(({ deletion }) => toState(deletion.id, 'cancelled'))),
    sync: changes.sync,
  };
}

async function toParts(fileIds: Iterable<string>): Promise<readonly (readonly string[])[]> {
  const parts: string[][] = [];
  await inSlices(fileIds, (fileId) => {
    const last = parts.at(-1);
    if (last && last.length < IDS_PER_STEP) last.push(fileId);
    else parts.push([fileId]);
  });
  return parts;
}
