import { growFloat64 } from './columns.ts';

/** Sizes are summed up apart in what is a multiple of this and what is below it: each part stays far below 2^53. */
const UNIT = 2 ** 26;

/**
 * Sums of sizes, by number. They stay exact whatever comes and goes: a server may tell of sizes near 2^53, and a sum in
 * one number would be wrong from there on, also when those files are gone.
 */
export class SizeSums {
  #units: Float64Array;
  #rests: Float64Array;

  constructor(length: number) {
    this.#units = new Float64Array(length);
    this.#rests = new Float64Array(length);
  }

  /** Adds a size to a sum, or takes it off. */
  change(index: number, sizeBytes: number, sign: 1 | -1): void {
    const rest = sizeBytes % UNIT;
    this.#rests[index] = (this.#rests[index] ?? 0) + sign * rest;
    if (rest !== sizeBytes)
      this.#units[index] = (this.#units[index] ?? 0) + (sign * (sizeBytes - rest)) / UNIT;
  }

  /** Gives a sum, at most the largest number that is exact. */
  read(index: number): number {
    return toSize(this.#units[index] ?? 0, this.#rests[index] ?? 0);
  }

  /** Gives the sum of all sums, bounded in the same way. */
  total(): number {
    const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
    return toSize(sum(this.#units), sum(this.#rests));
  }

  /** Makes room for so many sums. */
  reserve(needed: number): void {
    this.#units = growFloat64(this.#units, needed);
    this.#rests = growFloat64(this.#rests, needed);
  }

  clear(): void {
    this.#units.fill(0);
    this.#rests.fill(0);
  }
}

/** Bounds a sum of sizes, which may be more than a number can hold exactly, and must stay a number all the same. */
export function toSafeSize(sizeBytes: number): number {
  return Math.min(sizeBytes, Number.MAX_SAFE_INTEGER);
}

function toSize(units: number, rest: number): number {
  return toSafeSize(units * UNIT + rest);
}
