import { expect, it } from 'vitest';
import type { LoggedRequest } from '../server/request-log.ts';
import { type DeletionFacts, judgeDeletion } from './deletion-verdict.ts';

function request(operation: 'delete' | 'retrieve', id: string, status: number, fault: string | null = null) {
  // Of a request only these fields are looked at.
  return { operation, path: `/api/v1/files/${id}`, status, fault } as LoggedRequest;
}

const FAIR: DeletionFacts = {
  wantedIds: ['gone', 'refused', 'later'],
  otherIds: ['other'],
  remainingIds: new Set(['refused', 'other']),
  shownReasons: new Map([['refused', 'serverFailed']]),
  requests: [
    request('delete', 'gone', 200),
    request('delete', 'refused', 500, 'status'),
    request('retrieve', 'refused', 200),
    request('delete', 'later', 429, 'status'),
    request('delete', 'later', 200),
  ],
};

it('finds nothing in a fair deletion', () => {
  expect(judgeDeletion(FAIR)).toEqual({ untold: [], touched: [], repeated: [] });
});

it.each<readonly [string, keyof ReturnType<typeof judgeDeletion>, Partial<DeletionFacts>]>([
  ['a file that is there without a reason', 'untold', { shownReasons: new Map() }],
  ['a reason for a file that is gone', 'untold', { remainingIds: new Set(['other']) }],
  ['another file that is gone', 'touched', { remainingIds: new Set(['refused']) }],
  [
    'another file that was asked for',
    'touched',
    { requests: [...FAIR.requests, request('delete', 'other', 429, 'status')] },
  ],
  [
    'a second request for nothing',
    'repeated',
    { requests: [...FAIR.requests, request('delete', 'gone', 404)] },
  ],
  ['a look for nothing', 'repeated', { requests: [...FAIR.requests, request('retrieve', 'later', 404)] }],
])('finds %s', (_what, complaint, facts) => {
  expect(judgeDeletion({ ...FAIR, ...facts })[complaint]).toHaveLength(1);
});
