import { describe, expect, it } from 'vitest';
import type { AppError } from '#app/errors.ts';
import { judgeObstacle } from './obstacles.ts';

const answered = (status: number): AppError => ({
  code: 'unexpectedAnswer',
  status,
  detail: 'status',
  serverMessage: '',
});

describe('what follows from an answer that did not delete', () => {
  it.each([409, 599, 200])('with status %i is another try for the file', (status) => {
    expect(judgeObstacle(answered(status))).toEqual({ kind: 'later' });
  });

  it.each([405, 415, 422])('with status %i is the end for the file', (status) => {
    expect(judgeObstacle(answered(status))).toEqual({ kind: 'fail' });
  });
});

describe('what is in the way to the server', () => {
  it.each<AppError>([
    { code: 'offline' },
    { code: 'untrustedCertificate' },
    { code: 'proxyRefused', status: 503 },
  ])('($code) is waited out for as long as it takes', (error) => {
    expect(judgeObstacle(error)).toEqual({
      kind: 'pause',
      reason: 'failing',
      afterMs: null,
      patience: Number.POSITIVE_INFINITY,
    });
  });
});
