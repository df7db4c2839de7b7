import type { DeletionFailure } from '#app/files/deletion.ts';
import { inSlices } from '../engine/in-slices.ts';
import { type Journal, openJournal } from '../transfers/journal/journal.ts';
import type { JournalFile } from '../transfers/journal/journal-file.ts';
import {
  DELETION_RECORDS_VERSION,
  type DeletionRecord,
  parseDeletionRecord,
  playDeletionRecords,
} from './deletion-records.ts';
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
  /** Forgets all that was noted so far; only when nothing of it counts any more. */
  clear(): void;
  /**
   * Takes all off the disk, to be called when {@link sync} has thrown and what there is must not be gone on with. What
   * waits is noted anew when it starts; how those came out that are over is noted with the next {@link sync}.
   */
  empty(): Promise<void>;
  /** Settles when all is on disk. Throws `journalUnwritable`, and tries again with the next call. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** A journal and what an earlier run has left in it. */
export interface OpenedDeletionJournal {
  readonly journal: DeletionJournal;
  /** Oldest first. */
  readonly works: readonly DeletionWork[];
  /** Whether deletions may have been under way of which nothing is known any more. */
  readonly hasLostWorks: boolean;
}

/** Ids of one line: a line is read and written in one go. */
const IDS_PER_LINE = 200;

/** Opens the journal of a location. It never throws. */
export async function openDeletionJournal(file: JournalFile): Promise<OpenedDeletionJournal> {
  const { journal, entries, lostLines, isReadable } = await openJournal({
    file,
    version: DELETION_RECORDS_VERSION,
    parse: parseDeletionRecord,
    // Records come many at a time as it is: see the pulse of deletions.
    pause: () => Promise.resolve(),
  });
  const isDamaged = lostLines > 0;
  const works = playDeletionRecords(entries, isDamaged).map((recorded) => reviveWork(recorded, isDamaged));
  const deletionJournal = createDeletionJournal(journal, works);
  // What is over is of no use any more.
  if (works.length === 0 && entries.length > 0) deletionJournal.clear();
  // The damage has been set aside with the file: the next start would not see it, and go on.
  if (isDamaged) {
    for (const work of works) deletionJournal.finish(work);
    await deletionJournal.sync().catch(() => undefined);
  }
  // Those that are known in part tell of the damage themselves.
  const hasLostWorks = !isReadable || (isDamaged && works.length === 0);
  return { journal: deletionJournal, works, hasLostWorks };
}

function createDeletionJournal(
  journal: Journal<DeletionRecord>,
  works: readonly DeletionWork[],
): DeletionJournal {
  /** Those whose beginning is on disk. */
  const begunIds = new Set(works.map(({ deletion }) => deletion.id));
  const end: DeletionJournal['end'] = ({ deletion }) => journal.append({ kind: 'ended', id: deletion.id });
  const begin: DeletionJournal['begin'] = async (work) => {
    await appendBeginning(journal, work);
    try {
      await journal.sync();
      begunIds.add(work.deletion.id);
    } catch (cause) {
      // The lines may still reach the disk, with a later one.
      end(work);
      throw cause;
    }
  };
  const empty: DeletionJournal['empty'] = async () => {
    if (begunIds.size === 0) return;
    await journal.empty();
    begunIds.clear();
  };
  return {
    begin,
    start: (work) => {
      if (!begunIds.has(work.deletion.id)) return begin(work);
      journal.append({ kind: 'started', id: work.deletion.id });
      return journal.sync();
    },
    settle: ({ deletion }, goneIds, failures) =>
      journal.append({ kind: 'settled', id: deletion.id, goneIds: [...goneIds], failures: [...failures] }),
    cancel: ({ deletion }) => journal.append({ kind: 'cancelled', id: deletion.id }),
    finish: ({ deletion }) => {
      const { id, count, firstName, dueAt, deletedCount, failedCount, isCancelled, isDamaged } = deletion;
      const failures = [...deletion.failures];
      const outcome = {
        count,
        firstName,
        dueAt,
        deletedCount,
        failedCount,
        failures,
        isCancelled,
        isDamaged,
      };
      journal.append({ kind: 'finished', id, ...outcome });
    },
    end,
    // Where there is no room to write it anew.
    clear: () =>
      void journal
        .compact([])
        .catch(empty)
        .catch(() => undefined),
    empty,
    sync: () => journal.sync(),
    close: () => journal.close(),
  };
}

async function appendBeginning(journal: Journal<DeletionRecord>, work: DeletionWork): Promise<void> {
  const { id, phase, count, firstName, dueAt } = work.deletion;
  let line: string[] = [];
  const writeLine = () => {
    if (line.length > 0) journal.append({ kind: 'listed', id, fileIds: line });
    line = [];
  };
  await inSlices(work.remaining, (fileId) => {
    line.push(fileId);
    if (line.length === IDS_PER_LINE) writeLine();
  });
  writeLine();
  journal.append({ kind: 'begun', id, count, firstName, dueAt });
  // In one write: what a crash finds begun and not started would be told as taken back.
  if (phase === 'deleting') journal.append({ kind: 'started', id });
}
