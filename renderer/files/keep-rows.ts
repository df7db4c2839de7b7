import type { FilePage, TableRow } from '#app/files/file-query.ts';
import { toRowKey } from '#app/files/file-query.ts';

/**
 * Puts the rows that a page had before in the place of equal new ones, so that only rows that changed are drawn again.
 * An answer of main is new through and through, whatever it says.
 */
export function keepRows(old: FilePage | undefined, next: FilePage): FilePage {
  if (old === undefined) return next;
  const known = new Map(old.rows.map((row) => [toRowKey(row), row]));
  const rows = next.rows.map((row) => {
    const before = known.get(toRowKey(row));
    return before !== undefined && isSameRow(before, row) ? before : row;
  });
  return { ...next, rows };
}

function isSameRow(one: TableRow, other: TableRow): boolean {
  if (one.kind === 'file') {
    return (
      other.kind === 'file' &&
      isShallowEqual(one.file, other.file) &&
      one.isDeleting === other.isDeleting &&
      one.deletionError?.code === other.deletionError?.code
    );
  }
  return other.kind === 'folder' && isShallowEqual(one, other);
}

function isShallowEqual<Value extends object>(one: Value, other: Value): boolean {
  const keys = Object.keys(one) as (keyof Value)[]; // The object's own keys, which TypeScript widens to strings.
  return keys.every((key) => one[key] === other[key]);
}
