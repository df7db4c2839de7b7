import type { Transfer, TransferHold, TransferState } from '#app/transfers/transfer.ts';
import { MAX_CEILING } from '../../../main/engine/adaptive-limit.ts';
import { ATTEMPTS_PER_SLOT, toSizeClass } from '../../../main/transfers/queue/lanes.ts';
import type { TransferQueue } from '../../../main/transfers/queue/transfer-queue.ts';
import type { Person } from './person.ts';

/** Looks at a queue between any two events. */
export interface QueueWatch {
  look(queue: TransferQueue): void;
  /** From here on another process runs, which finds these transfers. */
  startProcess(kept: readonly Transfer[]): void;
}

const AT_WORK: readonly TransferState[] = [
  'preparing',
  'sending',
  'waitingForServer',
  'receiving',
  'verifying',
];

/** Whether an attempt is being made. */
export function isAtWork({ state }: Transfer): boolean {
  return AT_WORK.includes(state);
}

function toAttempt({ id, startedAt }: Transfer): string {
  return `${id} ${startedAt}`;
}

interface Look {
  readonly transfers: ReadonlyMap<string, Transfer>;
  readonly status: ReturnType<TransferQueue['status']>;
}

/** An upload is got ready while another waits for its answer: it is then not on the network yet. */
function isOnNetwork({ state }: Transfer): boolean {
  return state !== 'preparing';
}

/** Makes a watch that reports attempts that should not have begun, and too many at once. */
export function createQueueWatch(person: Person, report: (fault: string) => void): QueueWatch {
  let before: Look | null = null;
  let limit = 0;
  /** Attempts of the process before that the new one has not dealt with yet. */
  let left: ReadonlySet<string> = new Set();

  const isAttempt = (transfer: Transfer) => isAtWork(transfer) && !left.has(toAttempt(transfer));
  const checkBegun = (transfer: Transfer, { status }: Look, now: Look) => {
    if (person.stopped.has(transfer.id)) report('An attempt began of what had been cancelled');
    if (status.isPaused && now.status.isPaused) report('An attempt began while the queue was paused');
    const isHeldBy = ({ scope }: TransferHold) => scope === 'all' || transfer.direction === 'upload';
    // One that was due has ended; what began upon that may have brought the next one before this look.
    const wasHeld = status.holds.some(
      (hold) => isHeldBy(hold) && !(hold.resumesAt && hold.resumesAt <= Date.now()),
    );
    if (wasHeld && now.status.holds.some(isHeldBy)) report('An attempt began while it was held');
  };
  const checkCount = ({ transfers, status: { concurrency } }: Look) => {
    const attempts = Array.from(transfers.values()).filter(isAttempt);
    // With fewer allowed than there were, those that run may end.
    limit = attempts.length <= concurrency ? concurrency : Math.max(limit, concurrency);
    const isSmall = (transfer: Transfer) => limit > 1 && toSizeClass({ transfer }) === 'small';
    const [small, large] = [attempts.filter(isSmall), attempts.filter((one) => !isSmall(one))];
    if (large.length > ATTEMPTS_PER_SLOT.large * limit) report('Too many large attempts at once');
    if (large.filter(isOnNetwork).length > limit) report('Too many large transfers at once');
    if (small.length > ATTEMPTS_PER_SLOT.small * MAX_CEILING) report('Too many small attempts at once');
    if (small.filter(isOnNetwork).length > MAX_CEILING) report('Too many small transfers at once');
  };
  return {
    startProcess: (kept) => {
      left = new Set(kept.map(toAttempt));
      before = null;
    },
    look: (queue) => {
      const list = queue.list();
      const now: Look = {
        transfers: new Map(list.map((transfer) => [transfer.id, transfer])),
        status: queue.status(),
      };
      const atWork = list.filter(isAttempt);
      if (before) {
        for (const transfer of atWork) {
          if (before.transfers.get(transfer.id)?.startedAt !== transfer.startedAt)
            checkBegun(transfer, before, now);
        }
      }
      checkCount(now);
      checkNames(list, report);
      before = now;
    },
  };
}

function checkNames(list: readonly Transfer[], report: (fault: string) => void): void {
  const names = new Set<string>();
  for (const transfer of list) {
    const isOpen = isAtWork(transfer) || transfer.state === 'interrupted';
    if (transfer.direction !== 'upload' || !isOpen) continue;
    const name = transfer.name.normalize('NFC');
    if (names.has(name)) report('Two uploads of one name were under way at once');
    names.add(name);
  }
}
