import { describe, expect, it } from 'vitest';
import type { AppError } from '#app/errors.ts';
import { judgeFailure } from './failure-policy.ts';

describe('what follows from a failure', () => {
  it.each<AppError>([
    { code: 'offline' },
    { code: 'unauthorized' },
    { code: 'rateLimited', retryAfterMs: 1000 },
    { code: 'untrustedCertificate' },
    { code: 'proxyRefused', status: 407 },
    { code: 'journalUnwritable' },
  ])('is a hold of everything for $code', (error) => {
    expect(judgeFailure(error)).toEqual({ kind: 'hold', scope: 'all' });
  });

  it.each<AppError>([
    { code: 'uploadForbidden', serverMessage: 'full', mayBeFull: true },
    { code: 'paymentRequired', serverMessage: 'pay' },
  ])('is a hold of uploads for $code', (error) => {
    expect(judgeFailure(error)).toEqual({ kind: 'hold', scope: 'uploads' });
  });

  it.each<AppError>([
    { code: 'timedOut' },
    { code: 'connectionLost' },
    { code: 'serverFailed', serverMessage: '' },
    { code: 'providerFailed', serverMessage: '' },
    { code: 'incompleteDownload', expectedBytes: 2, receivedBytes: 1 },
    { code: 'unexpectedAnswer', status: 409, detail: 'status', serverMessage: '' },
    { code: 'unexpectedAnswer', status: 599, detail: 'html' },
  ])('is another try for $code', (error) => {
    expect(judgeFailure(error)).toEqual({ kind: 'retry', afterMs: null });
  });

  it('is another try after the time that a 503 asks for', () => {
    expect(judgeFailure({ code: 'unavailable', retryAfterMs: 7000 })).toEqual({
      kind: 'retry',
      afterMs: 7000,
    });
    expect(judgeFailure({ code: 'unavailable', retryAfterMs: null })).toEqual({
      kind: 'retry',
      afterMs: null,
    });
  });

  it.each<AppError>([
    { code: 'badRequest', serverMessage: '' },
    { code: 'invalidFile', serverMessage: '' },
    { code: 'notSaveable' },
    { code: 'forbidden', serverMessage: '' },
    { code: 'notFound' },
    { code: 'fileTooLarge', sizeBytes: null },
    { code: 'fileChanged' },
    { code: 'storedMixture' },
    { code: 'diskFull' },
    { code: 'targetExists' },
    { code: 'unexpectedAnswer', status: 200, detail: 'html' },
    { code: 'unexpected', errorId: 'x' },
  ])('is the end for $code', (error) => {
    expect(judgeFailure(error)).toEqual({ kind: 'fail' });
  });
});
