import { MAX_TOLD_FAILURES } from '#app/files/deletion.ts';
import { toBeginning, toFinished, toSettled, toState } from '../../deletions/deletion-records.ts';
import { readJournal } from '../../transfers/journal/journal-lines.ts';
import type { Store, StoreChange } from '../store.ts';
import {
  DELETION_LINES_VERSION,
  type ImportedDeletion,
  parseDeletionLine,
  playDeletionLines,
} from './deletion-lines.ts';
import { importFile } from './import-file.ts';

/** How the file of a location is called. */
export const DELETION_JOURNAL = /^(.+)\.deletions\.jsonl$/;

/**
 * Takes over the journal of deletions of a location, once. Answers whether deletions may have been under way of which
 * nothing is known any more. One that cannot be read, or cannot be taken over for now, is left for the next start. Never
 * rejects.
 */
export async function importDeletions(path: string, locationId: string, store: Store): Promise<boolean> {
  return importFile(path, store, async (bytes) => {
    const { entries, lostLines } = await readJournal(bytes, DELETION_LINES_VERSION, parseDeletionLine);
    const isDamaged = lostLines > 0;
    const deletions = playDeletionLines(entries, isDamaged);
    return {
      commits: [deletions.flatMap((deletion) => toChanges(locationId, deletion, isDamaged))],
      hasLost: isDamaged,
    };
  });
}

/** Of a damaged journal all deletions are over: some of their files would be guesswork. */
function toChanges(
  locationId: string,
  deletion: ImportedDeletion,
  isDamaged: boolean,
): readonly StoreChange[] {
  const { id, isStarted, isCancelled, remaining, goneIds, failures, outcome } = deletion;
  const beginning = toBeginning(locationId, deletion, isStarted, [[...remaining]]);
  if (outcome !== null || isDamaged) {
    const end = outcome ?? {
      ...deletion,
      deletedCount: goneIds.length,
      failedCount: failures.length,
      failures: failures.slice(0, MAX_TOLD_FAILURES),
      isDamaged,
    };
    return toFinished(locationId, id, end);
  }
  return [
    ...beginning,
    ...toSettled(id, goneIds, failures),
    ...(isCancelled ? [toState(id, 'cancelled')] : []),
  ];
}
