import { describe, expect, it } from 'vitest';
import { parseTransferRecord } from './transfer-records.ts';

describe('a record of an older version', () => {
  it('of an upload that was refused for its name is read, its suggestion being the whole name', () => {
    const error = { code: 'invalidName', problem: 'forbiddenCharacter', suggestedName: 'd/a_b.txt' };
    const record = { kind: 'changed', id: 'a', change: { state: 'failed', error } };
    expect(parseTransferRecord(record)).toEqual({
      ...record,
      change: { state: 'failed', error: { ...error, part: 'path' } },
    });
  });

  it('of an upload is read, which says of no concern', () => {
    const request = { direction: 'upload', path: '/a.txt', name: 'a.txt', sizeBytes: 1 };
    const record = { kind: 'added', id: 'a', request, at: 0 };
    expect(parseTransferRecord(record)).toEqual(record);
  });
});

describe('a record of an upload', () => {
  it.each([
    { answered: ['sameName', 'sensitive', 'content'] },
    { convertFrom: 'windows-1252' },
    { convertFrom: null },
    { name: 'a_b.txt' },
    { state: 'asking', question: { kind: 'sensitive', concern: 'secret' } },
  ])('keeps %j', (change) => {
    const record = { kind: 'changed', id: 'a', change };
    expect(parseTransferRecord(record)).toEqual(record);
  });
});
