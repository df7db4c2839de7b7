import type { CrashRow } from './crash-row.ts';

const COLUMNS = [
  ['point', (row: CrashRow) => row.point],
  ['state at kill', (row: CrashRow) => row.atKill],
  ['end state', (row: CrashRow) => row.atEnd],
  ['uploads seen', (row: CrashRow) => String(row.uploadRequests)],
  ['on server', (row: CrashRow) => row.onServer],
  ['on disk', (row: CrashRow) => row.onDisk],
  ['verdict', toVerdict],
] as const;

/** Lays the rows out as a table, with the totals as its last line; some points may have come to no end. */
export function toMatrix(rows: readonly CrashRow[], endlessCount: number): string {
  const cells = [
    COLUMNS.map(([title]): string => title),
    ...rows.map((row) => COLUMNS.map(([, toCell]) => toCell(row))),
  ];
  const widths = COLUMNS.map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)));
  const lines = cells.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const [head = '', ...body] = lines;
  return [
    head,
    '-'.repeat(Math.max(...lines.map(({ length }) => length))),
    ...body,
    toTotals(rows, endlessCount),
  ].join('\n');
}

function toTotals(rows: readonly CrashRow[], endlessCount: number): string {
  const count = (kind: 'lost' | 'duplicated' | 'partial' | 'wrong') =>
    rows.reduce((sum, row) => sum + row[kind].length, 0);
  const totals = `${count('lost')} lost, ${count('duplicated')} duplicated, ${count('partial')} partial`;
  const [wrong, points] = [count('wrong'), rows.length + endlessCount];
  return [
    `${points} points: ${totals}`,
    ...(wrong > 0 ? [`${wrong} otherwise wrong`] : []),
    ...(endlessCount > 0 ? [`${endlessCount} that came to no end`] : []),
  ].join(', ');
}

function toVerdict({ lost, duplicated, partial, wrong }: CrashRow): string {
  const complaints = [...lost, ...duplicated, ...partial, ...wrong];
  return complaints.length === 0 ? 'ok' : complaints.join('; ');
}
