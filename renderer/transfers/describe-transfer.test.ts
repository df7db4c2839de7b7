import { describe, expect, it } from 'vitest';
import type { Transfer } from '#app/transfers/transfer.ts';
import { describeState, describeWait, isTicking } from './describe-transfer.ts';
import { createSampleTransfer, SAMPLE_NOW } from './sample-transfer.ts';

const LATER = SAMPLE_NOW + 12_300;
const plain = (text: string) => text.replaceAll('\u00A0', ' ');
const stateOf = (given: Partial<Transfer>) => plain(describeState(createSampleTransfer(given), LATER));
const waitOf = (given: Partial<Transfer>, isHeld = false) =>
  plain(describeWait(createSampleTransfer(given), LATER, isHeld));

describe('describeState', () => {
  it('names the drive that an upload waits for', () => {
    const transfer = createSampleTransfer({ state: 'preparing', error: { code: 'diskSilent' } });
    expect(describeWait(transfer, SAMPLE_NOW, false)).toContain('The drive isn’t responding.');
  });

  it('tells how long the answer is awaited', () => {
    expect(stateOf({ state: 'waitingForServer', attempts: 2 })).toBe('12 s');
  });

  it('tells when only a look at the listing has shown that it arrived', () => {
    expect(stateOf({ state: 'done', confirmedBy: 'listing' })).toBe('confirmed by listing');
    expect(stateOf({ state: 'done', confirmedBy: 'answer' })).toBe('');
  });

  it('tells a further attempt while it runs', () => {
    expect(stateOf({ state: 'sending', attempts: 2 })).toBe('attempt 2');
    expect(stateOf({ state: 'sending', attempts: 1 })).toBe('');
    expect(stateOf({ state: 'failed', attempts: 3 })).toBe('');
  });
});

describe('describeWait', () => {
  it('counts down to the next try, with the cause of the wait', () => {
    const waits = { error: { code: 'connectionLost' }, retryAt: SAMPLE_NOW + 20_000 } as const;
    expect(waitOf(waits)).toBe('The connection broke off. Next try in 8 s.');
    expect(waitOf({ ...waits, retryAt: null })).toBe('The connection broke off.');
  });

  it('leaves out a cause that is told for all', () => {
    expect(waitOf({ error: { code: 'offline' } }, true)).toBe('');
  });

  it('tells a stall once it is one', () => {
    expect(waitOf({ state: 'sending', progressedAt: LATER - 4999 })).toBe('');
    expect(waitOf({ state: 'receiving', progressedAt: LATER - 5000 })).toBe('No data for 5 s.');
    expect(waitOf({ state: 'waitingForServer' })).toBe('');
  });

  it('tells that an interrupted upload is being looked for, and why', () => {
    expect(waitOf({ state: 'interrupted' })).toBe('Looking for it on OpenRouter.');
    expect(waitOf({ state: 'interrupted', error: { code: 'timedOut' } })).toBe(
      'The server took too long to answer. Looking for it on OpenRouter.',
    );
  });

  it.each([
    [{ kind: 'sameName', fileId: 'f' }, 'A file of the same name and size is already there.'],
    [{ kind: 'sameContent', fileId: 'f', name: 'b\u202E.txt' }, 'already there as “b\uFFFD.txt”.'],
    [{ kind: 'openUpload' }, 'an earlier upload of the same name and size has an unknown outcome.'],
    [{ kind: 'overQuota', freeBytes: 2048 }, 'has room for 2 KiB.'],
  ] as const)('puts the question %o', (question, words) => {
    expect(waitOf({ state: 'asking', question })).toContain(words);
  });
});

describe('isTicking', () => {
  it('is so only where the time alone changes the words', () => {
    for (const state of ['waitingForServer', 'sending', 'receiving'] as const) {
      expect(isTicking(createSampleTransfer({ state }))).toBe(true);
    }
    expect(isTicking(createSampleTransfer({ retryAt: LATER }))).toBe(true);
    for (const state of ['queued', 'preparing', 'done', 'failed', 'unknown', 'interrupted'] as const) {
      expect(isTicking(createSampleTransfer({ state }))).toBe(false);
    }
  });
});
