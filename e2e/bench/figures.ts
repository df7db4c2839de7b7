/** One measured figure against its limit; lower is better. */
export interface Figure {
  readonly value: number;
  readonly limit: number;
  readonly unit: string;
  /** What a ratio is a ratio to, in its own unit; null where there is nothing to compare with. */
  readonly reference: number | null;
  /** At least five, in the order they were taken. */
  readonly samples: readonly number[];
}

/** A figure with the name it is published under and a few words with the absolute numbers behind it. */
export interface NamedFigure extends Figure {
  readonly name: string;
  readonly detail: string;
}

/** Gives the middle of some numbers. */
export function toMedian(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >>> 1;
  const [low, high] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  if (low === undefined || high === undefined) throw new Error('There is no median of nothing');
  return (low + high) / 2;
}

/** Rounds for people and for files that are compared: three significant digits are more than any figure here holds. */
export function toRounded(value: number): number {
  return Number(value.toPrecision(value >= 1000 ? 4 : 3));
}

/** Whether a figure is within its limit; one that is no number is not. */
export function isWithinLimit({ value, limit }: Figure): boolean {
  return value <= limit;
}

/** Gives the figures as the text of `out/bench.json`. */
export function toJson(figures: readonly NamedFigure[]): string {
  const byName = Object.fromEntries(
    figures.map(({ name, value, limit, unit, reference, samples }) => [
      name,
      { value, limit, unit, reference, samples } satisfies Figure,
    ]),
  );
  return `${JSON.stringify({ figures: byName }, null, 2)}\n`;
}

/** Gives the figures as lines for a person. */
export function toTable(figures: readonly NamedFigure[]): string {
  const rows = figures.map((figure) => [
    isWithinLimit(figure) ? 'ok' : 'OVER',
    figure.name,
    String(figure.value),
    `≤ ${figure.limit} ${figure.unit}`,
    figure.detail,
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')).join('\n');
}
