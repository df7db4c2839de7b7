import { describe, expect, it } from 'vitest';
import type { WorkspaceUsage } from '#app/files/workspace-usage.ts';
import { describeUsage } from './describe-usage.ts';

const GIB = 1024 ** 3;
const usage: WorkspaceUsage = {
  fileCount: 3,
  sizeBytes: 3.2 * GIB,
  quotaBytes: 10 * GIB,
  kinds: [
    { kind: 'pdf', count: 1, sizeBytes: 2 * GIB },
    { kind: 'csv', count: 1, sizeBytes: 1.2 * GIB },
    { kind: 'text', count: 1, sizeBytes: 0 },
  ],
  basis: 'listing',
};
const plain = (text: string | null) => text?.replaceAll('\u00A0', ' ');

describe('describeUsage', () => {
  it('says how much is used and where that figure comes from', () => {
    const { used, source, warning, percent, segments } = describeUsage(usage);
    expect(plain(used)).toBe('3.2 GiB of 10 GiB used');
    expect(source).toBe('Calculated from your file list');
    expect(warning).toBeNull();
    expect(percent).toBeCloseTo(32);
    expect(segments.map(({ kind }) => kind)).toEqual(['pdf', 'csv']);
    expect(segments[0]?.percent).toBeCloseTo(62.5);
  });

  it('claims no more than it knows while the list is not read to its end', () => {
    const { used, source } = describeUsage({ ...usage, basis: 'partOfListing' });
    expect(plain(used)).toBe('At least 3.2 GiB of 10 GiB used');
    expect(source).toContain('files loaded so far');
  });

  it('compares with nothing where there is room without end', () => {
    const { used, warning, percent } = describeUsage({ ...usage, quotaBytes: null });
    expect(plain(used)).toBe('3.2 GiB used');
    expect([warning, percent]).toEqual([null, null]);
  });

  it('does not take the files of the last time for a part of those of now', () => {
    const { used, source } = describeUsage({ ...usage, basis: 'lastTime' });
    expect(plain(used)).toBe('3.2 GiB of 10 GiB used');
    expect(source).toBe('Calculated from your last session');
  });

  it('claims nothing while nothing is read', () => {
    const nothing = { ...usage, fileCount: 0, sizeBytes: 0, kinds: [], basis: 'partOfListing' } as const;
    expect(describeUsage(nothing)).toMatchObject({ used: 'Not known yet', share: '–', percent: 0 });
    expect(plain(describeUsage({ ...nothing, basis: 'listing' }).used)).toBe('0 bytes of 10 GiB used');
  });

  it.each([
    [9, undefined],
    [9.001, 'Nearly full: 90%'],
    [9.999, 'Nearly full: 99%'],
    [10, 'Full: uploads may be refused'],
    [12, 'Full: uploads may be refused'],
  ])('warns from nine tenths on: %s GiB', (gib, warning) => {
    expect(describeUsage({ ...usage, sizeBytes: gib * GIB }).warning ?? undefined).toBe(warning);
  });

  it('draws nothing of an empty workspace', () => {
    const kinds = [{ kind: 'pdf', count: 1, sizeBytes: 0 }] as const;
    expect(describeUsage({ ...usage, sizeBytes: 0, kinds })).toMatchObject({ percent: 0, segments: [] });
  });

  it('draws no more than a full bar', () => {
    expect(describeUsage({ ...usage, sizeBytes: 12 * GIB }).percent).toBe(100);
  });
});
