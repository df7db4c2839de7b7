import { describe, expect, it } from 'vitest';
import {
  parseSizeRange,
  SIZE_PRESETS,
  type SizePreset,
  type TypedSize,
  toSizePreset,
  toTypedSize,
} from './size-filter.ts';

const MIB = 1_048_576;
const none: TypedSize = { amount: '', unit: 'MiB' };

describe('the presets', () => {
  it.each(['any', 'small', 'medium', 'large'] satisfies readonly SizePreset[])(
    '%s is known again',
    (preset) => {
      expect(toSizePreset(SIZE_PRESETS[preset])).toBe(preset);
    },
  );

  it('leave no size out and take none in twice', () => {
    const includes = ({ minSizeBytes, maxSizeBytes }: (typeof SIZE_PRESETS)[SizePreset], size: number) =>
      size >= (minSizeBytes ?? 0) && size <= (maxSizeBytes ?? Number.POSITIVE_INFINITY);
    for (const size of [0, 1, MIB - 1, MIB, MIB + 1, 10 * MIB - 1, 10 * MIB, 10 * MIB + 1, 100 * MIB]) {
      const presets = (['small', 'medium', 'large'] as const).filter((preset) =>
        includes(SIZE_PRESETS[preset], size),
      );
      expect(presets, `${size} bytes`).toHaveLength(1);
    }
  });

  it('are not taken for another range', () => {
    expect(toSizePreset({ minSizeBytes: 1, maxSizeBytes: null })).toBeNull();
    expect(toSizePreset({ minSizeBytes: MIB, maxSizeBytes: 10 * MIB + 1 })).toBeNull();
  });
});

describe('parseSizeRange', () => {
  it('gives whole bytes', () => {
    expect(parseSizeRange({ amount: '1.5', unit: 'KiB' }, { amount: '0.1', unit: 'GiB' })).toEqual({
      minSizeBytes: 1536,
      maxSizeBytes: 107_374_182,
    });
  });

  it('takes nothing, nonsense and what is below nothing for no bound', () => {
    for (const amount of ['', ' ', 'x', '-1'])
      expect(parseSizeRange({ amount, unit: 'MiB' }, none)).toEqual(SIZE_PRESETS.any);
  });

  it('refuses crossed ends, and takes equal ones', () => {
    expect(parseSizeRange({ amount: '2', unit: 'MiB' }, { amount: '1', unit: 'MiB' })).toBeNull();
    expect(parseSizeRange({ amount: '1', unit: 'MiB' }, { amount: '1024', unit: 'KiB' })).toEqual({
      minSizeBytes: MIB,
      maxSizeBytes: MIB,
    });
  });

  it('stays within whole numbers, whatever is typed', () => {
    const range = parseSizeRange(none, { amount: '1e300', unit: 'GiB' });
    expect(Number.isSafeInteger(range?.maxSizeBytes)).toBe(true);
  });
});

describe('toTypedSize', () => {
  it.each([0, 1, 1536, MIB - 1, MIB, 10 * MIB + 1, 5 * 1024 * MIB])('gives back %i bytes', (sizeBytes) => {
    expect(parseSizeRange(toTypedSize(sizeBytes), none)?.minSizeBytes).toBe(sizeBytes);
  });

  it('says a size in the unit that people would', () => {
    expect(toTypedSize(2 * MIB)).toEqual({ amount: '2', unit: 'MiB' });
    expect(toTypedSize(2048)).toEqual({ amount: '2', unit: 'KiB' });
    expect(toTypedSize(null)).toEqual(none);
  });
});
