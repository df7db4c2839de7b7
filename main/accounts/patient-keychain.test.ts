import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppFailure } from '#app/errors.ts';
import type { Keychain } from './keychain.ts';
import { createPatientKeychain } from './patient-keychain.ts';

/** A keychain that answers when the test says so. */
function setUp() {
  const calls: { readonly name: string; readonly answer: (value?: unknown) => void }[] = [];
  const call = (name: string) => () =>
    // What a call gives is the test's own affair.
    new Promise<never>((resolve) => calls.push({ name, answer: (value) => resolve(value as never) }));
  const keychain: Keychain = {
    check: call('check'),
    read: call('read'),
    readAll: call('readAll'),
    write: call('write'),
    remove: call('remove'),
    tryOut: call('tryOut'),
  };
  const outcomes: unknown[] = [];
  const note = (work: Promise<unknown>) =>
    void work.then(
      (value) => outcomes.push(value),
      (cause: unknown) => outcomes.push(cause instanceof AppFailure ? cause.error.code : cause),
    );
  return { patient: createPatientKeychain(keychain), calls, outcomes, note };
}

describe('a keychain whose service has stopped', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it.each(['check', 'read', 'readAll', 'write', 'remove', 'tryOut'] as const)(
    'ends %s after ten seconds, and is asked no second question meanwhile',
    async (name) => {
      const { patient, calls, outcomes, note } = setUp();
      note(patient[name]('account', 'secret'));
      await vi.advanceTimersByTimeAsync(9999);
      expect(outcomes).toEqual([]);
      await vi.advanceTimersByTimeAsync(1);
      expect(outcomes).toEqual(['keychainSilent']);
      note(patient.check());
      await vi.advanceTimersByTimeAsync(0);
      expect(outcomes).toEqual(['keychainSilent', 'keychainSilent']);
      expect(calls.map((call) => call.name)).toEqual(['check']);
    },
  );

  it('is used again once it answers', async () => {
    const { patient, calls, outcomes, note } = setUp();
    note(patient.check());
    await vi.advanceTimersByTimeAsync(10_000);
    calls[0]?.answer();
    await vi.advanceTimersByTimeAsync(0);
    note(patient.read('account'));
    await vi.advanceTimersByTimeAsync(0);
    calls[1]?.answer();
    await vi.advanceTimersByTimeAsync(0);
    calls[2]?.answer('secret');
    await vi.advanceTimersByTimeAsync(0);
    expect(calls.map((call) => call.name)).toEqual(['check', 'check', 'read']);
    expect(outcomes).toEqual(['keychainSilent', 'secret']);
  });

  it('may take any time while it waits for a person, and ends when it stops then', async () => {
    const { patient, calls, outcomes, note } = setUp();
    note(patient.write('account', 'secret'));
    for (let asked = 0; asked < 7; asked += 1) {
      await vi.advanceTimersByTimeAsync(asked === 0 ? 0 : 10_000);
      calls.findLast(({ name }) => name === 'check')?.answer();
      await vi.advanceTimersByTimeAsync(0);
    }
    expect(outcomes).toEqual([]);
    expect(calls.filter(({ name }) => name === 'write')).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(outcomes).toEqual(['keychainSilent']);
  });

  it('removes what it writes after it was given up', async () => {
    const { patient, calls, outcomes, note } = setUp();
    note(patient.write('account', 'secret'));
    calls[0]?.answer();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(outcomes).toEqual(['keychainSilent']);
    expect(calls.map(({ name }) => name)).toEqual(['check', 'write', 'check']);
    calls[1]?.answer();
    await vi.advanceTimersByTimeAsync(0);
    expect(calls.map(({ name }) => name)).toEqual(['check', 'write', 'check', 'remove']);
  });
});
