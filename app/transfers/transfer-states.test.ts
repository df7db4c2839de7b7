import { describe, expect, it } from 'vitest';
import type { TransferState } from './transfer.ts';
import { canRetry, isFinished, moveTransfer, TRANSFER_TRANSITIONS } from './transfer-states.ts';

const STATES = Object.keys(TRANSFER_TRANSITIONS) as TransferState[]; // Object.keys forgets the key type.

describe('the states of a transfer', () => {
  it('throw on every move that is not listed', () => {
    for (const from of STATES) {
      const allowed: readonly TransferState[] = TRANSFER_TRANSITIONS[from];
      for (const to of STATES) {
        if (allowed.includes(to)) expect(moveTransfer(from, to)).toBe(to);
        else expect(() => moveTransfer(from, to)).toThrow(`from ${from} to ${to}`);
      }
    }
  });

  it('lead from the queue to every other', () => {
    const reached = new Set<TransferState>(['queued']);
    for (const state of reached) for (const next of TRANSFER_TRANSITIONS[state]) reached.add(next);
    expect([...reached].sort()).toEqual([...STATES].sort());
  });

  it('leave an end only by a retry, and never what is done', () => {
    for (const state of STATES.filter(isFinished)) {
      expect(TRANSFER_TRANSITIONS[state]).toEqual(canRetry(state) ? ['queued'] : []);
    }
    expect(canRetry('done')).toBe(false);
  });
});
