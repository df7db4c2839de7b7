import type { FileFilter } from '#app/files/file-query.ts';

/** The part of a filter that is about sizes, in bytes, both ends included; null: no bound. */
export type SizeRange = Pick<FileFilter, 'minSizeBytes' | 'maxSizeBytes'>;

const MIB = 1_048_576;

/** Sizes that people mean by small and large among files of at most 100 MiB, in bytes. */
export const SMALL_BELOW_BYTES = MIB;
export const LARGE_ABOVE_BYTES = 10 * MIB;

/** The ranges that are one click away. */
export const SIZE_PRESETS = {
  any: { minSizeBytes: null, maxSizeBytes: null },
  small: { minSizeBytes: null, maxSizeBytes: SMALL_BELOW_BYTES - 1 },
  medium: { minSizeBytes: SMALL_BELOW_BYTES, maxSizeBytes: LARGE_ABOVE_BYTES },
  large: { minSizeBytes: LARGE_ABOVE_BYTES + 1, maxSizeBytes: null },
} as const satisfies Readonly<Record<string, SizeRange>>;

export type SizePreset = keyof typeof SIZE_PRESETS;

/** The units that sizes are typed in, with their bytes; symbols of IEC 80000-13, the same in every language. */
export const SIZE_UNITS = { KiB: 1024, MiB: MIB, GiB: 1024 * MIB } as const;

export type SizeUnit = keyof typeof SIZE_UNITS;

/** One end of a range as it is typed: an amount as an input of type `number` gives it, empty for no bound. */
export interface TypedSize {
  readonly amount: string;
  readonly unit: SizeUnit;
}

/** Tells which preset a range is; null when it is none. */
export function toSizePreset({ minSizeBytes, maxSizeBytes }: SizeRange): SizePreset | null {
  const isThis = (preset: SizePreset) =>
    SIZE_PRESETS[preset].minSizeBytes === minSizeBytes && SIZE_PRESETS[preset].maxSizeBytes === maxSizeBytes;
  return (['any', 'small', 'medium', 'large'] as const).find(isThis) ?? null;
}

/** Gives what has to be typed for a bound, in the unit that people would say it in. */
export function toTypedSize(sizeBytes: number | null): TypedSize {
  if (sizeBytes === null) return { amount: '', unit: 'MiB' };
  const unit = sizeBytes >= SIZE_UNITS.GiB ? 'GiB' : sizeBytes >= SIZE_UNITS.MiB ? 'MiB' : 'KiB';
  return { amount: String(sizeBytes / SIZE_UNITS[unit]), unit };
}

/** Reads a range as it was typed, in whole bytes; null when its ends are crossed. */
export function parseSizeRange(min: TypedSize, max: TypedSize): SizeRange | null {
  const minSizeBytes = parseSize(min);
  const maxSizeBytes = parseSize(max);
  if (minSizeBytes !== null && maxSizeBytes !== null && minSizeBytes > maxSizeBytes) return null;
  return { minSizeBytes, maxSizeBytes };
}

/** A bound of nothing at all is none. */
function parseSize({ amount, unit }: TypedSize): number | null {
  const value = Number(amount);
  if (amount.trim() === '' || !Number.isFinite(value) || value < 0) return null;
  return Math.min(Math.round(value * SIZE_UNITS[unit]), Number.MAX_SAFE_INTEGER);
}
