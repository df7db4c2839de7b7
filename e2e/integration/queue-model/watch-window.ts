import type { Transfer, TransferSnapshot, TransferUpdate } from '#app/transfers/transfer.ts';
import { isFinished } from '#app/transfers/transfer-states.ts';
import { disk } from './disk.ts';
import type { JournalWatch } from './watch-journal.ts';

/** Stands for the window: keeps what it was told, and holds the queue to it. */
export interface WindowWatch {
  take(told: TransferUpdate | TransferSnapshot): void;
  /** Another process tells from here on. */
  startProcess(): void;
  /** Reports what of the journal, or of what was told, a restart has lost. */
  checkRestored(transfers: readonly Transfer[]): void;
}

interface Told {
  readonly transfer: Transfer;
  readonly revision: number;
}

/** Makes a window that knows of no transfer. */
export function createWindowWatch(journal: JournalWatch, report: (fault: string) => void): WindowWatch {
  const known = new Map<string, Told>();

  const takeOne = (transfer: Transfer, revision: number) => {
    if (!disk.isJournalBehind() && !journal.isKept(transfer)) {
      report(`Told before it was on disk: ${transfer.state}`);
    }
    const before = known.get(transfer.id);
    // A snapshot may arrive behind updates that are newer than it.
    if (before && before.revision > revision) return;
    if (before?.transfer.state === 'done' && transfer.state !== 'done') {
      report('What was told as done is not any more');
    }
    // While the disk is full the person is told that nothing can be promised.
    if (!disk.isJournalBehind()) known.set(transfer.id, { transfer, revision });
  };
  return {
    take: (told) => {
      journal.look();
      if (told.status.hasLostRecords) report('Records were lost');
      const isUpdate = 'changed' in told;
      for (const transfer of isUpdate ? told.changed : told.transfers) takeOne(transfer, told.revision);
      for (const id of isUpdate ? told.removedIds : []) if (!disk.isJournalBehind()) known.delete(id);
    },
    startProcess: () => {
      for (const [id, { transfer }] of known) known.set(id, { transfer, revision: 0 });
    },
    checkRestored: (transfers) => {
      const restored = new Map(transfers.map((transfer) => [transfer.id, transfer]));
      for (const { id, state } of journal.transfers()) {
        const found = restored.get(id);
        if (!found) report('A transfer of the journal is not in the queue');
        else if (isFinished(state) && found.state !== state) {
          report(`After a restart ${state} became ${found.state}`);
        }
      }
      for (const [id, { transfer }] of known) {
        const found = restored.get(id);
        if (!found && !journal.isRemoved(id)) report(`Told and lost: ${transfer.state}`);
        if (found && transfer.state === 'done' && found.state !== 'done') report('Done was taken back');
      }
    },
  };
}
