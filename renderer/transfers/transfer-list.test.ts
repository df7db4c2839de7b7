import { describe, expect, it } from 'vitest';
import type { Transfer, TransferState } from '#app/transfers/transfer.ts';
import { createSampleTransfer } from './sample-transfer.ts';
import { groupQuestions, groupRefused, listTransfers } from './transfer-list.ts';

const create = (id: string, state: TransferState, given: Partial<Transfer> = {}) =>
  createSampleTransfer({ id, state, ...given });
const toIds = (transfers: readonly Transfer[]) => transfers.map(({ id }) => id);
const many = (count: number, state: TransferState) =>
  Array.from({ length: count }, (_, index) => create(`${state}-${index}`, state));

describe('listTransfers', () => {
  it('puts what needs a person first, then what runs, what waits and what is over, the newest of it first', () => {
    const { listed, folded } = listTransfers(
      [
        create('older', 'done'),
        create('waits', 'queued'),
        create('again', 'queued', { error: { code: 'offline' } }),
        create('newer', 'cancelled'),
        create('looked-for', 'interrupted'),
        create('sends', 'sending'),
        create('failed', 'failed'),
        create('open', 'unknown'),
        create('review', 'asking', { question: { kind: 'sensitive', concern: 'hidden' } }),
        create('asks', 'asking'),
      ],
      false,
    );
    const order = [
      'asks',
      'open',
      'failed',
      'looked-for',
      'sends',
      'again',
      'waits',
      'review',
      'newer',
      'older',
    ];
    expect(toIds(listed)).toEqual(order);
    expect(folded).toEqual([]);
  });

  it('folds what is over when it is much, and never what failed or is open', () => {
    const transfers = [
      ...many(100, 'done'),
      ...many(30, 'skipped'),
      ...many(50, 'failed'),
      ...many(40, 'unknown'),
    ];
    const { listed, folded } = listTransfers(transfers, false);
    expect(folded).toHaveLength(130);
    expect(new Set(listed.map(({ state }) => state))).toEqual(new Set(['unknown', 'failed']));
    expect(listed).toHaveLength(90);
  });

  it('lists at the end what was folded when a person opens it', () => {
    const { listed, folded } = listTransfers([...many(21, 'done'), ...many(2, 'failed')], true);
    expect(listed.slice(-21)).toEqual(folded);
    expect(listed).toHaveLength(23);
  });

  it('folds nothing while it is little', () => {
    expect(listTransfers(many(20, 'done'), false).listed).toHaveLength(20);
  });
});

describe('groupQuestions', () => {
  it('gathers open questions by kind, with the least room that was told', () => {
    const name = { kind: 'sameName', fileId: 'f' } as const;
    const groups = groupQuestions([
      create('a', 'asking', { question: name }),
      create('b', 'asking', { question: { kind: 'overQuota', freeBytes: 900 } }),
      create('c', 'asking', { question: name }),
      create('d', 'asking', { question: { kind: 'overQuota', freeBytes: 300 } }),
      create('e', 'queued'),
      create('f', 'asking', { question: { kind: 'openUpload' } }),
      create('g', 'asking', { question: { kind: 'openUpload' } }),
    ]);
    expect(groups).toEqual([
      { kind: 'sameName', ids: ['a', 'c'], freeBytes: null },
      { kind: 'overQuota', ids: ['b', 'd'], freeBytes: 300 },
      { kind: 'openUpload', ids: ['f', 'g'], freeBytes: null },
    ]);
  });
});

describe('groupRefused', () => {
  const refuse = (id: string, error: Transfer['error']) => create(id, 'failed', { error });
  const ZIP = { code: 'unsupportedType', contentKind: 'zip' } as const;
  const LATIN = { code: 'notUtf8', encoding: 'windows-1252' } as const;
  const NAME = { code: 'invalidName', problem: 'tooLong', part: 'file', suggestedName: 'x' } as const;

  it('gathers what can be sent after all by one press, and leaves alone what the server has refused', () => {
    const server = refuse('server', { code: 'invalidFile', serverMessage: '' });
    const transfers = [refuse('a', ZIP), refuse('b', NAME), refuse('c', LATIN), refuse('d', NAME), server];
    expect(groupRefused(transfers)).toEqual([
      { kind: 'content', ids: ['a', 'c'] },
      { kind: 'name', ids: ['b', 'd'] },
    ]);
  });

  it('is empty where each has one of its kind only', () => {
    expect(groupRefused([refuse('a', ZIP), refuse('b', NAME)])).toEqual([]);
  });
});
