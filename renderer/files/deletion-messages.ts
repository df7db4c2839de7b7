import { assertNever } from '#app/assert-never.ts';
import type { Deletion, DeletionPause } from '#app/files/deletion.ts';
import { describeTime } from '../texts/describe-delay.ts';
import { formatCount, formatFacts } from '../texts/format.ts';
import { texts } from '../texts/texts.ts';
import { type Message, messages } from '../ui/message-store.ts';
import { toShortFileName } from '../ui/short-name.ts';
import { describeFailures } from './describe-failures.ts';

/** What a message about a deletion can lead to. */
export interface DeletionMessageActions {
  readonly undo: () => void;
  readonly stop: () => void;
  readonly resume: () => void;
  readonly retry: () => void;
}

/** Whether nothing more comes of a deletion. */
export function isOver({ phase }: Deletion): boolean {
  return phase === 'finished' || phase === 'undone';
}

/** Says where a deletion stands. All messages of one deletion have one id, so each takes the place of the one before. */
export function toDeletionMessage(deletion: Deletion, actions: DeletionMessageActions): Message {
  const words = texts.deletion;
  switch (deletion.phase) {
    case 'waiting':
      return {
        id: toMessageId(deletion),
        tone: 'status',
        title: toWaitingTitle(deletion),
        dueAt: deletion.dueAt,
        action: { label: words.undo, onPress: actions.undo },
        isBrief: false,
      };
    case 'deleting':
      return toProgressMessage(deletion, actions);
    case 'undone':
      return toUndoneMessage(deletion);
    case 'finished':
      return toResultMessage(deletion, actions);
    default:
      return assertNever(deletion.phase);
  }
}

/** Says that a deletion had begun before it was to be undone. */
export function toTooLateMessage(deletion: Deletion): Message {
  return {
    id: `${toMessageId(deletion)}:late`,
    tone: 'alert',
    title: texts.deletion.tooLate,
    isBrief: false,
  };
}

function toProgressMessage(deletion: Deletion, actions: DeletionMessageActions): Message {
  const { count, deletedCount, failedCount, pause, isCancelled, isFromLastTime } = deletion;
  const words = texts.deletion;
  const doneCount = deletedCount + failedCount;
  const title = toRunningTitle(deletion);
  const progress = {
    label: title,
    share: doneCount / count,
    text: formatFacts([
      words.progress(formatCount(doneCount), formatCount(count)),
      ...(failedCount === 0 ? [] : [words.failedSoFar(failedCount)]),
    ]),
  };
  // One request is over before a person could stop it, unless it waits.
  const canStop = !isCancelled && (count > 1 || pause !== null);
  return {
    id: toMessageId(deletion),
    tone: 'status',
    title: isCancelled ? words.stopping : title,
    details: [
      ...(isFromLastTime ? [words.continues] : []),
      ...(pause === null ? [] : [describePause(pause)]),
    ],
    ...(pause === null || pause.resumesAt === null ? {} : { dueAt: pause.resumesAt }),
    ...(count > 1 ? { progress } : {}),
    ...(canStop ? { action: { label: words.stop, onPress: actions.stop } } : {}),
    ...(canStop && pause !== null ? { otherAction: { label: words.tryNow, onPress: actions.resume } } : {}),
    isBrief: false,
  };
}

function describePause(pause: DeletionPause): string {
  const words = texts.deletion.paused;
  return pause.reason === 'unreachable'
    ? words.unreachable
    : words[pause.reason](describeTime(pause.resumesAt));
}

function toUndoneMessage(deletion: Deletion): Message {
  const { count, firstName, isFromLastTime } = deletion;
  const words = texts.deletion;
  const id = toMessageId(deletion);
  if (!isFromLastTime) return { id, tone: 'status', title: words.undone, isBrief: true };
  return {
    id,
    tone: 'status',
    title: count === 1 ? words.failedOne(toShortFileName(firstName)) : words.failedMany(count),
    details: [words.notCarriedOut],
    isBrief: false,
  };
}

function toResultMessage(deletion: Deletion, actions: DeletionMessageActions): Message {
  const { count, firstName, deletedCount, failedCount, isFromLastTime } = deletion;
  const words = texts.deletion;
  const leftCount = count - deletedCount - failedCount;
  if (deletion.isDamaged) return toDamagedMessage(deletion, leftCount);
  if (leftCount > 0) return toStoppedMessage(deletion, leftCount);
  if (failedCount > 0) return toFailureMessage(deletion, actions);
  return {
    id: toMessageId(deletion),
    tone: 'status',
    title: count === 1 ? words.doneOne(toShortFileName(firstName)) : words.doneMany(deletedCount),
    ...(isFromLastTime ? { details: [words.fromLastTime] } : {}),
    isBrief: !isFromLastTime,
  };
}

/** Of files that the record does not tell of, nothing is claimed. */
function toDamagedMessage(deletion: Deletion, leftCount: number): Message {
  const { count, failures, failedCount, deletedCount, isFromLastTime } = deletion;
  const words = texts.deletion;
  return {
    id: toMessageId(deletion),
    tone: 'alert',
    title: words.damaged(count),
    details: [
      ...(leftCount === 0 ? [] : [words.damagedRest(leftCount)]),
      ...(deletedCount === 0 ? [] : [words.doneMany(deletedCount)]),
      ...describeFailures(failures, failedCount, true, isFromLastTime),
    ],
    isBrief: false,
  };
}

/** What a stop has left is no failure; what had failed before is. */
function toStoppedMessage(deletion: Deletion, leftCount: number): Message {
  const { failures, failedCount, deletedCount, isFromLastTime } = deletion;
  const words = texts.deletion;
  return {
    id: toMessageId(deletion),
    tone: 'status',
    title: isFromLastTime ? words.stoppedBefore(leftCount) : words.stopped(leftCount),
    details: [
      ...(deletedCount === 0 ? [] : [words.doneMany(deletedCount)]),
      ...describeFailures(failures, failedCount, true, isFromLastTime),
    ],
    isBrief: false,
  };
}

function toFailureMessage(deletion: Deletion, actions: DeletionMessageActions): Message {
  const { failures, failedCount, deletedCount, isFromLastTime } = deletion;
  const words = texts.deletion;
  const id = toMessageId(deletion);
  const isOne = failedCount === 1 && failures.length === 1;
  // It must be about just the files that failed. After a start, main may not have read the list to where they are.
  const canRetry = failures.length === failedCount && !isFromLastTime;
  const retry = () => {
    messages.dismiss(id);
    actions.retry();
  };
  return {
    id,
    tone: 'alert',
    title: toFailureTitle(deletion),
    details: [
      ...describeFailures(failures, failedCount, !isOne, isFromLastTime),
      ...(deletedCount === 0 ? [] : [words.doneMany(deletedCount)]),
    ],
    ...(canRetry ? { action: { label: words.retry, onPress: retry } } : {}),
    isBrief: false,
  };
}

/** What nobody knows of a file is not claimed. */
function toFailureTitle({ failures, failedCount }: Deletion): string {
  const words = texts.deletion;
  const isOpen = failures.some(({ error }) => error.code === 'maybeDeleted');
  const [first] = failures;
  if (failedCount !== 1 || first === undefined) {
    return isOpen ? words.openMany(failedCount) : words.failedMany(failedCount);
  }
  const name = toShortFileName(first.name);
  return isOpen ? words.openOne(name) : words.failedOne(name);
}

function toWaitingTitle({ count, firstName }: Deletion): string {
  const words = texts.deletion;
  return count === 1 ? words.waitingOne(toShortFileName(firstName)) : words.waitingMany(count);
}

function toRunningTitle({ count, firstName }: Deletion): string {
  const words = texts.deletion;
  return count === 1 ? words.runningOne(toShortFileName(firstName)) : words.runningMany(count);
}

function toMessageId(deletion: Deletion): string {
  return `deletion:${deletion.id}`;
}
