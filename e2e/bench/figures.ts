/** One measured figure against its limit; lower is better. */
export interface Figure {
  readonly value: number;
  /** Null for one that is printed only. */
  readonly limit: number | null;
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
  /** Why the run that gave it shows nothing; null when it does. */
  readonly invalid: string | null;
}

/** Two sides that were measured in turns. */
export interface Comparison {
  readonly name: string;
  readonly limit: number;
  readonly own: readonly number[];
  readonly reference: readonly number[];
  /** Of both sides' numbers. */
  readonly unit: string;
  /** What the other side is, for a person. */
  readonly referenceName: string;
}

/** Gives how many times the other side's median the own median is. */
export function toRatio({ name, limit, own, reference, unit, referenceName }: Comparison): NamedFigure {
  const [ownMedian, referenceMedian] = [toMedian(own), toMedian(reference)];
  return {
    name,
    // Of the medians, not the median of the ratios: one slow run of the reference must not look like a quick one of ours.
    value: toRounded(ownMedian / referenceMedian),
    limit,
    unit: 'ratio',
    reference: toRounded(referenceMedian),
    samples: own.map((value, round) => toRounded(value / (reference[round] ?? Number.NaN))),
    detail: `${toRounded(ownMedian)} ${unit}, ${referenceName} ${toRounded(referenceMedian)} ${unit}`,
    invalid: null,
  };
}

/** Gives the middle of some numbers. */
export function toMedian(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >>> 1;
  const [low, high] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  if (low === undefined || high === undefined) throw new Error('There is no median of nothing');
  return (low + high) / 2;
}

/** Gives the smallest of some numbers that so many percent of them do not exceed (nearest rank). */
export function toPercentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const found = sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
  if (found === undefined) throw new Error('There is no percentile of nothing');
  return found;
}

/** Rounds for people and for files that are compared: three significant digits are more than any figure here holds. */
export function toRounded(value: number): number {
  return Number(value.toPrecision(value >= 1000 ? 4 : 3));
}

/** Whether a figure is within its limit; one that is no number is not, nor is one of an invalid run. */
export function isWithinLimit({ value, limit, invalid }: NamedFigure): boolean {
  return invalid === null && (limit === null ? Number.isFinite(value) : value <= limit);
}

/** Gives the figures as the text of `out/bench.json`. */
export function toJson(figures: readonly NamedFigure[]): string {
  const byName = Object.fromEntries(
    figures.map(({ name, value, limit, unit, reference, samples }) => [
      name,
      { value, limit, unit, reference, samples } satisfies Figure,
    ]),
  );
  const reasons = figures.map(({ invalid }) => invalid).filter((reason) => reason !== null);
  const invalid = reasons.length > 0 ? { invalid: reasons } : {};
  return `${JSON.stringify({ figures: byName, ...invalid }, null, 2)}\n`;
}

/** Gives the figures as lines for a person. */
export function toTable(figures: readonly NamedFigure[]): string {
  const rows = figures.map((figure) => [
    toVerdict(figure),
    figure.name,
    String(figure.value),
    figure.limit === null ? figure.unit : `≤ ${figure.limit} ${figure.unit}`,
    figure.invalid === null ? figure.detail : `${figure.detail}; ${figure.invalid}`,
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')).join('\n');
}

function toVerdict(figure: NamedFigure): string {
  if (figure.invalid !== null) return 'INVALID';
  if (!isWithinLimit(figure)) return 'OVER';
  return figure.limit === null ? '' : 'ok';
}
