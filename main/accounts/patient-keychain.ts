import { AppFailure } from '#app/errors.ts';
import type { Keychain } from './keychain.ts';

/** A keychain that works answers a question that needs no person in milliseconds. */
const MAX_SILENCE_MS = 10_000;

/**
 * Wraps a keychain whose service may have stopped: what it does not answer for ten seconds fails with `keychainSilent`,
 * unless it shows meanwhile that it works and so waits for a person, who may take any time. While one question is open no
 * other is asked: each keeps a thread of Node's from other work. A secret that is written after that is removed.
 */
export function createPatientKeychain(keychain: Keychain, maxSilenceMs = MAX_SILENCE_MS): Keychain {
  let asked: { readonly answer: Promise<void>; readonly since: number } | null = null;
  const check = async () => {
    asked ??= {
      since: performance.now(),
      answer: keychain.check().finally(() => {
        asked = null;
      }),
    };
    await within(asked.answer, asked.since + maxSilenceMs - performance.now());
  };
  const use = async <Value>(work: () => Promise<Value>, undo?: () => Promise<unknown>): Promise<Value> => {
    await check();
    const working = work();
    // Told by the answer to the question, or below.
    working.catch(() => undefined);
    for (;;) {
      const first = await Promise.race([
        working.then(
          () => 'done',
          () => 'done',
        ),
        pass(maxSilenceMs),
      ]);
      if (first === 'done') return working;
      try {
        await check();
      } catch (cause) {
        // It cannot be taken back, and whoever asked for it is told that it was not done.
        if (undo) void working.then(undo).catch(() => undefined);
        throw cause;
      }
    }
  };
  return {
    check,
    read: (account) => use(() => keychain.read(account)),
    readAll: () => use(() => keychain.readAll()),
    write: (account, secret) =>
      use(
        () => keychain.write(account, secret),
        () => keychain.remove(account),
      ),
    remove: (account) => use(() => keychain.remove(account)),
    tryOut: () => use(() => keychain.tryOut()),
  };
}

async function within(work: Promise<void>, ms: number): Promise<void> {
  const first = await Promise.race([work.then(() => 'done'), pass(Math.max(0, ms))]);
  if (first === 'late') throw new AppFailure({ code: 'keychainSilent' });
}

function pass(ms: number): Promise<'late'> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms, 'late').unref();
  });
}
