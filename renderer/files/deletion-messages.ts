import { assertNever } from '#app/assert-never.ts';
import type { Deletion } from '#app/files/deletion.ts';
import { describeError } from '../texts/describe-error.ts';
import { texts } from '../texts/texts.ts';
import { type Message, messages } from '../ui/message-store.ts';
import { toVisibleName } from '../ui/split-name.ts';

/** Failed files that a message names; the rest are counted. */
const MAX_NAMED_FAILURES = 4;

/** What a message about a deletion can lead to. */
export interface DeletionMessageActions {
  readonly undo: () => void;
  /** Null when the failed files are not known any more. */
  readonly retry: (() => void) | null;
}

/** Says where a deletion stands. All messages of one deletion have one id, so each takes the place of the one before. */
export function toDeletionMessage(deletion: Deletion, actions: DeletionMessageActions): Message {
  const { fileIds } = deletion;
  const words = texts.deletion;
  const id = toMessageId(deletion);
  const name = toVisibleName(deletion.firstName);
  const running = fileIds.length === 1 ? words.waitingOne(name) : words.waitingMany(fileIds.length);
  switch (deletion.phase) {
    case 'waiting':
      return {
        id,
        tone: 'status',
        title: running,
        dueAt: deletion.dueAt,
        action: { label: words.undo, onPress: actions.undo },
        isBrief: false,
      };
    case 'deleting':
      return { id, tone: 'status', title: running, isBrief: false };
    case 'undone':
      return { id, tone: 'status', title: words.undone, isBrief: true };
    case 'finished':
      if (deletion.failures.length > 0) return toFailureMessage(deletion, actions);
      return {
        id,
        tone: 'status',
        title: fileIds.length === 1 ? words.doneOne(name) : words.doneMany(deletion.deletedCount),
        isBrief: true,
      };
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

function toFailureMessage(deletion: Deletion, actions: DeletionMessageActions): Message {
  const { failures, deletedCount } = deletion;
  const words = texts.deletion;
  const id = toMessageId(deletion);
  const [first] = failures;
  const isOne = failures.length === 1 && first !== undefined;
  const named = failures.slice(0, MAX_NAMED_FAILURES).map(({ name, error }) => {
    const { title, action } = describeError(error, 'delete');
    return words.failure(toVisibleName(name), title, action);
  });
  const hiddenCount = failures.length - named.length;
  const { retry } = actions;
  return {
    id,
    tone: 'alert',
    title: isOne ? words.failedOne(toVisibleName(first.name)) : words.failedMany(failures.length),
    details: [
      ...named,
      ...(hiddenCount === 0 ? [] : [words.more(hiddenCount)]),
      ...(deletedCount === 0 ? [] : [words.doneMany(deletedCount)]),
    ],
    ...(retry === null ? {} : { action: { label: words.retry, onPress: () => dismissAnd(id, retry) } }),
    isBrief: false,
  };
}

function dismissAnd(id: string, act: () => void): void {
  messages.dismiss(id);
  act();
}

function toMessageId(deletion: Deletion): string {
  return `deletion:${deletion.id}`;
}
