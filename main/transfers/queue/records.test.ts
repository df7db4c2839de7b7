import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TransferState } from '#app/transfers/transfer.ts';
import { TRANSFER_TRANSITIONS } from '#app/transfers/transfer-states.ts';
import {
  parseTransferRecord,
  type TransferChange,
  type TransferRecord,
} from '../journal/transfer-records.ts';
import { playRecords, toRecords } from './records.ts';
import type { TransferRequest } from './stored-transfer.ts';

const STATES = Object.keys(TRANSFER_TRANSITIONS) as TransferState[]; // Object.keys forgets the key type.

const time = fc.integer({ min: 0, max: 4e12 });
const bytes = fc.nat({ max: 1e8 });
const text = fc.string({ minLength: 1, unit: 'grapheme' });
const identity = fc.record({
  inode: fc.nat(),
  sizeBytes: bytes,
  modifiedAt: fc.double({ min: 0, max: 4e12, noNaN: true }),
});
const nullable = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });
const id = fc.constantFrom('a', 'b', 'c');

const request: fc.Arbitrary<TransferRequest> = fc.oneof(
  fc.record({ direction: fc.constant('upload' as const), path: text, name: text, sizeBytes: bytes }),
  fc.record({
    direction: fc.constant('save' as const),
    file: fc.record({
      id: fc.uuid(),
      name: text,
      mimeType: fc.constant('text/plain'),
      sizeBytes: bytes,
      createdAt: time,
      isSaveable: fc.constant(true),
    }),
    target: fc.record({ path: text, replaces: nullable(identity) }),
  }),
);

const change: fc.Arbitrary<TransferChange> = fc.record(
  {
    state: fc.constantFrom(...STATES),
    stateSince: time,
    sizeBytes: bytes,
    attempts: fc.nat({ max: 5 }),
    error: nullable(
      fc.constantFrom({ code: 'offline' as const }, { code: 'rateLimited' as const, retryAfterMs: null }),
    ),
    retryAt: nullable(time),
    startedAt: nullable(time),
    question: nullable(fc.constant({ kind: 'sameName' as const, fileId: 'f' })),
    confirmedBy: nullable(fc.constantFrom('answer' as const, 'listing' as const)),
    fileId: nullable(fc.uuid()),
    path: text,
    sent: nullable(
      fc.record({
        at: time,
        sizeBytes: bytes,
        knownIds: fc.array(fc.uuid(), { maxLength: 3 }),
        isKnownComplete: fc.boolean(),
        reached: fc.constantFrom('part' as const, 'all' as const),
        brokeAt: nullable(time),
      }),
    ),
    placing: nullable(identity),
    isCancelWanted: fc.boolean(),
    answered: fc.array(fc.constantFrom('sameName' as const, 'overQuota' as const), { maxLength: 2 }),
  },
  { requiredKeys: [] },
);

const records: fc.Arbitrary<TransferRecord[]> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('added' as const), id, request, at: time }),
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('changed' as const), id, change }) },
    fc.record({ kind: fc.constant('removed' as const), id }),
    fc.record({ kind: fc.constant('paused' as const), isPaused: fc.boolean() }),
  ),
);

/** Writes records as the journal does, and reads them. */
function throughJournal(list: readonly TransferRecord[]): TransferRecord[] {
  return list.map((record) => {
    const read = parseTransferRecord(JSON.parse(JSON.stringify(record)));
    if (!read) throw new Error(`Not read: ${JSON.stringify(record)}`);
    return read;
  });
}

describe('the records of a queue', () => {
  it('come out of the journal as they went in', () => {
    fc.assert(
      fc.property(records, (list) => {
        expect(playRecords(throughJournal(list))).toEqual(playRecords(list));
      }),
    );
  });

  it('tell the same when they are written anew, as short as can be', () => {
    fc.assert(
      fc.property(records, (list) => {
        const queue = playRecords(list);
        const compact = toRecords(queue.transfers, queue.isPaused);
        expect(playRecords(throughJournal(compact))).toEqual(queue);
        expect(compact).toHaveLength(1 + 2 * queue.transfers.length);
      }),
    );
  });

  it('go on from a compact journal as from the long one', () => {
    fc.assert(
      fc.property(records, records, (before, after) => {
        const queue = playRecords(before);
        const compact = toRecords(queue.transfers, queue.isPaused);
        expect(playRecords([...compact, ...after])).toEqual(playRecords([...before, ...after]));
      }),
    );
  });

  it('keep the order in which transfers were asked for', () => {
    const add = (name: string): TransferRecord => ({
      kind: 'added',
      id: name,
      request: { direction: 'upload', path: `/${name}`, name, sizeBytes: 1 },
      at: 1,
    });
    const { transfers } = playRecords([add('z'), add('a'), add('m'), { kind: 'removed', id: 'a' }, add('a')]);
    expect(transfers.map(({ transfer }) => transfer.name)).toEqual(['z', 'm', 'a']);
  });

  it('pass over what they tell of a transfer whose own line was lost', () => {
    const { transfers } = playRecords([
      { kind: 'changed', id: 'lost', change: { state: 'done' } },
      { kind: 'removed', id: 'lost' },
    ]);
    expect(transfers).toEqual([]);
  });

  it('show what is done as wholly moved', () => {
    const { transfers } = playRecords([
      {
        kind: 'added',
        id: 'a',
        request: { direction: 'upload', path: '/a', name: 'a', sizeBytes: 12 },
        at: 1,
      },
      { kind: 'changed', id: 'a', change: { state: 'done', sizeBytes: 13 } },
    ]);
    expect(transfers[0]?.transfer).toMatchObject({ state: 'done', transferredBytes: 13 });
  });
});
