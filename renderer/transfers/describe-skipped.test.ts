import { describe, expect, it } from 'vitest';
import type { SkippedItem } from '#app/transfers/transfer.ts';
import { describeSkipped } from './describe-skipped.ts';

const systemFile = (name: string): SkippedItem => ({ name, reason: 'systemFile' });

describe('describeSkipped', () => {
  it('counts and names what was passed over', () => {
    expect(describeSkipped([systemFile('.DS_Store'), systemFile('Thumbs.db')])).toEqual([
      '2 system files were skipped (.DS_Store, Thumbs.db)',
    ]);
  });

  it('names a name of many folders once and counts all', () => {
    expect(describeSkipped([systemFile('.DS_Store'), systemFile('.DS_Store')])).toEqual([
      '2 system files were skipped (.DS_Store)',
    ]);
  });

  it('names a few and counts the rest', () => {
    const links = ['a', 'b', 'c', 'd', 'e'].map((name): SkippedItem => ({ name, reason: 'link' }));
    expect(describeSkipped(links)).toEqual(['5 links were skipped (a, b, c, 2 more)']);
  });

  it('gives each reason a sentence of its own', () => {
    const sentences = describeSkipped([systemFile('.DS_Store'), { name: '#1', reason: 'unreadable' }]);
    expect(sentences).toEqual([
      '1 system file was skipped (.DS_Store)',
      '1 item could not be read and was skipped (#1)',
    ]);
  });
});
