import { assertNever } from '#app/assert-never.ts';
import type { Transfer, TransferQuestion } from '#app/transfers/transfer.ts';
import { describeError } from '../texts/describe-error.ts';
import { formatCount, formatCountdown, formatElapsed, formatSize } from '../texts/format.ts';
import { texts } from '../texts/texts.ts';
import { toShortFileName } from '../ui/short-name.ts';
import { STALL_MS } from './describe-queue.ts';
import { toGroup, toMovedAt } from './transfer-progress.ts';

/** Says what belongs right after the state, at a time in milliseconds since the epoch: how long it lasts, how it is known. Empty when nothing does. */
export function describeState(transfer: Transfer, now: number): string {
  const words = texts.transfers;
  const { state, stateSince, confirmedBy, attempts } = transfer;
  if (state === 'done') return confirmedBy === 'listing' ? words.confirmedByListing : '';
  if (state === 'waitingForServer') return formatElapsed(now - stateSince);
  return toGroup(state) === 'running' && attempts > 1 ? words.attempt(formatCount(attempts)) : '';
}

/**
 * Says in a sentence what a transfer waits for, at a time in milliseconds since the epoch; empty when there is nothing to
 * tell. With `isHeld` its cause is told elsewhere, once for all.
 */
export function describeWait(transfer: Transfer, now: number, isHeld: boolean): string {
  const words = texts.transfers;
  const { state, error, retryAt, question, direction } = transfer;
  if (state === 'asking') return question === null ? '' : describeQuestion(question);
  const cause = error === null || isHeld ? null : describeError(error, direction).title;
  if (state === 'interrupted') return join(cause, words.looking);
  if (state === 'queued') {
    return join(cause, retryAt === null ? '' : words.nextTry(formatCountdown(retryAt - now)));
  }
  if (error?.code === 'diskSilent') {
    const { title, action } = describeError(error, direction);
    return `${title}. ${action}`;
  }
  const movedAt = toMovedAt(transfer);
  if (movedAt === null || now - movedAt < STALL_MS) return '';
  return words.stalledItem(formatElapsed(now - movedAt));
}

/** Says what a person is asked about one file. */
export function describeQuestion(question: TransferQuestion): string {
  const words = texts.transfers.question;
  switch (question.kind) {
    case 'sameName':
      return words.sameName('');
    case 'sameContent':
      return words.sameContent(toShortFileName(question.name));
    case 'openUpload':
      return words.openUpload('');
    case 'overQuota':
      return words.overQuota(formatSize(question.freeBytes));
    case 'sensitive':
      return texts.intake.concerns[question.concern];
    default:
      return assertNever(question);
  }
}

function join(cause: string | null, consequence: string): string {
  return cause === null ? consequence : texts.transfers.because(cause, consequence).trim();
}

/** Whether what is said of a transfer changes by the time alone. */
export function isTicking({ state, retryAt }: Transfer): boolean {
  return state === 'waitingForServer' || state === 'sending' || state === 'receiving' || retryAt !== null;
}
