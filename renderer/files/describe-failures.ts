import type { DeletionFailure } from '#app/files/deletion.ts';
import { describeError } from '../texts/describe-error.ts';
import { formatFacts } from '../texts/format.ts';
import { texts } from '../texts/texts.ts';
import { toShortFileName } from '../ui/short-name.ts';

/** Causes that are told; where there are more, the details of each file tell its own. */
const MAX_CAUSES = 4;
/** Files that are named for one cause; the rest are counted. */
const MAX_NAMES = 3;

/**
 * Says which files failed and why, a sentence a cause, the most frequent first. `count` may be more than the failures
 * that are told; `hasNames` is false where the file is named already. `isFromLastTime`: only the run in which a file
 * failed has the reason in its details.
 */
export function describeFailures(
  failures: readonly DeletionFailure[],
  count: number,
  hasNames: boolean,
  isFromLastTime: boolean,
): readonly string[] {
  const words = texts.deletion;
  const toMore = isFromLastTime ? words.moreFailedBefore : words.moreFailed;
  const causes = [...groupByCause(failures)].sort((one, other) => other.length - one.length);
  const told = causes.slice(0, MAX_CAUSES);
  const toldCount = told.reduce((sum, cause) => sum + cause.length, 0);
  return [
    ...told.map((cause) => describeCause(cause, hasNames)),
    ...(count > toldCount ? [toMore(count - toldCount)] : []),
  ];
}

/** Errors with the same title have the same cause, whenever each of them says to try again. */
function groupByCause(failures: readonly DeletionFailure[]): Iterable<readonly DeletionFailure[]> {
  const causes = new Map<string, DeletionFailure[]>();
  for (const failure of failures) {
    const { title } = describeError(failure.error, 'delete');
    const cause = causes.get(title);
    if (cause === undefined) causes.set(title, [failure]);
    else cause.push(failure);
  }
  return causes.values();
}

function describeCause(failures: readonly DeletionFailure[], hasNames: boolean): string {
  const words = texts.deletion;
  const [first] = failures;
  if (first === undefined) return '';
  const { title, action } = describeError(first.error, 'delete');
  if (!hasNames) return words.cause(title, action);
  const named = failures.slice(0, MAX_NAMES).map(({ name }) => words.name(toShortFileName(name)));
  const hiddenCount = failures.length - named.length;
  const names = formatFacts([...named, ...(hiddenCount === 0 ? [] : [words.more(hiddenCount)])]);
  return words.failure(names, title, action);
}
