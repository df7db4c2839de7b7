import type { RenamedItem, SkippedItem } from '#app/transfers/transfer.ts';
import { formatFacts } from '../texts/format.ts';
import { texts } from '../texts/texts.ts';
import { toShortName } from '../ui/short-name.ts';

/** Names in one sentence; the rest are counted. */
const MAX_NAMES = 3;

/** Says what was passed over in a drop and why: a sentence a reason. */
export function describeSkipped(skipped: readonly SkippedItem[]): readonly string[] {
  const byReason = new Map<SkippedItem['reason'], string[]>();
  for (const { name, reason } of skipped) {
    const names = byReason.get(reason) ?? [];
    names.push(toShortName(name));
    byReason.set(reason, names);
  }
  return [...byReason].map(([reason, names]) =>
    texts.transfers.skipped[reason](names.length, listNames(names)),
  );
}

/** Says which files of a drop got other names than their own. */
export function describeRenamed(renamed: readonly RenamedItem[]): string {
  const words = texts.intake;
  const names = renamed.map(({ name, newName }) => words.renamedTo(toShortName(name), toShortName(newName)));
  return words.renamed(renamed.length, listNames(names));
}

/** The same name in many folders is named once. */
function listNames(names: readonly string[]): string {
  const distinct = [...new Set(names)];
  if (distinct.length <= MAX_NAMES) return formatFacts(distinct);
  const hidden = distinct.length - MAX_NAMES;
  return formatFacts([...distinct.slice(0, MAX_NAMES), texts.transfers.more(hidden)]);
}
