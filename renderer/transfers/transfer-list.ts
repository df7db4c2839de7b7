import { canSendAnyway, canUseSuggestedName } from '#app/transfers/refused-upload.ts';
import type { Transfer } from '#app/transfers/transfer.ts';
import { TRANSFER_GROUPS, type TransferGroup, toGroup } from './transfer-progress.ts';

/** Up to this many transfers that are over stand in the list; more are folded into one line. */
const MAX_OVER_LISTED = 20;

/** The transfers as they are listed. */
export interface ListedTransfers {
  readonly listed: readonly Transfer[];
  /** What is over and folded away, or would be if the person had not opened it: empty while it is little. */
  readonly folded: readonly Transfer[];
}

/**
 * Puts what needs a person first, then what runs, what waits for another try, what waits, what is to be reviewed, and what
 * is over, the newest first. What is over is listed when `isOpen` or when it is little.
 */
export function listTransfers(transfers: readonly Transfer[], isOpen: boolean): ListedTransfers {
  const groups = groupTransfers(transfers);
  const over = groups.over.reverse();
  const waiting = [
    ...groups.waiting.filter(({ error }) => error !== null),
    ...groups.waiting.filter(({ error }) => error === null),
  ];
  // A folder like .git has thousands of them, and all are answered in a dialog: they must not hide the others.
  const [reviewed, asking] = partition(groups.asking, ({ question }) => question?.kind === 'sensitive');
  const isFoldable = over.length > MAX_OVER_LISTED;
  const listed = TRANSFER_GROUPS.flatMap((group) => {
    if (group === 'asking') return asking;
    if (group === 'waiting') return [...waiting, ...reviewed];
    return group === 'over' && isFoldable && !isOpen ? [] : groups[group];
  });
  return { listed, folded: isFoldable ? over : [] };
}

function partition(
  transfers: readonly Transfer[],
  isFirst: (transfer: Transfer) => boolean,
): readonly [readonly Transfer[], readonly Transfer[]] {
  return [transfers.filter(isFirst), transfers.filter((transfer) => !isFirst(transfer))];
}

function groupTransfers(transfers: readonly Transfer[]): Record<TransferGroup, Transfer[]> {
  const groups: Record<TransferGroup, Transfer[]> = {
    asking: [],
    unknown: [],
    failed: [],
    running: [],
    waiting: [],
    over: [],
  };
  for (const transfer of transfers) groups[toGroup(transfer.state)].push(transfer);
  return groups;
}

/** Transfers that ask the same kind of question. */
export interface QuestionGroup {
  readonly kind: NonNullable<Transfer['question']>['kind'];
  readonly ids: readonly string[];
  /** Room that is left in the workspace, in bytes, by the least of what they were told; null for other kinds. */
  readonly freeBytes: number | null;
}

/** Gathers open questions by their kind, so that each can be answered once for all. */
export function groupQuestions(transfers: readonly Transfer[]): readonly QuestionGroup[] {
  const ids = new Map<QuestionGroup['kind'], string[]>();
  let freeBytes: number | null = null;
  for (const { id, state, question } of transfers) {
    if (state !== 'asking' || question === null) continue;
    const same = ids.get(question.kind);
    if (same === undefined) ids.set(question.kind, [id]);
    else same.push(id);
    if (question.kind === 'overQuota')
      freeBytes = Math.min(question.freeBytes, freeBytes ?? Number.POSITIVE_INFINITY);
  }
  return [...ids].map(([kind, group]) => ({
    kind,
    ids: group,
    freeBytes: kind === 'overQuota' ? freeBytes : null,
  }));
}

/** Uploads that were refused for the same kind of reason, which one press can see to. */
export interface RefusedGroup {
  readonly kind: 'content' | 'name';
  readonly ids: readonly string[];
}

/** Gathers refused uploads that can be sent after all, where there are several: one alone has its own button. */
export function groupRefused(transfers: readonly Transfer[]): readonly RefusedGroup[] {
  const idsOf = (isMeant: (transfer: Transfer) => boolean) => transfers.filter(isMeant).map(({ id }) => id);
  const groups: readonly RefusedGroup[] = [
    { kind: 'content', ids: idsOf(canSendAnyway) },
    { kind: 'name', ids: idsOf(canUseSuggestedName) },
  ];
  return groups.filter(({ ids }) => ids.length > 1);
}
