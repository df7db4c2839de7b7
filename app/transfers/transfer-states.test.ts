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

  it('leave an end only when a person asks for it, and never what is done', () => {
    for (const state of STATES.filter(canRetry)) expect(TRANSFER_TRANSITIONS[state]).toContain('queued');
    expect(STATES.filter((state) => isFinished(state) && !canRetry(state))).toEqual(['done']);
    expect(TRANSFER_TRANSITIONS.done).toEqual([]);
  });

  it('never send an upload again whose outcome is open, without having looked for it', () => {
    expect(TRANSFER_TRANSITIONS.interrupted).not.toContain('sending');
    expect(TRANSFER_TRANSITIONS.unknown).not.toContain('sending');
  });
});
