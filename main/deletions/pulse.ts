import type { Clock } from '../transfers/queue/clock.ts';

/** Something that is done from time to time while there is a reason. */
export interface Pulse {
  /** Says that there is a reason. Settles after a beat that has begun since. */
  note(): Promise<void>;
  /** Settles when no reason is left. */
  whenIdle(): Promise<void>;
}

/** What a pulse is made of. */
export interface PulseParts {
  readonly clock: Clock;
  /** Between two beats, in milliseconds. */
  readonly intervalMs: number;
  /** Answers whether there is reason for another one. Never rejects. */
  readonly beat: () => Promise<boolean>;
  /** Once it is aborted no beat waits for the interval any more. */
  readonly closing: AbortSignal;
}

/** Makes a pulse; the first beat after a quiet time comes when the current turn of the event loop is over. */
export function createPulse({ clock, intervalMs, beat, closing }: PulseParts): Pulse {
  let lastAt = Number.NEGATIVE_INFINITY;
  /** Those who have a reason, and wait for the beat; null when there is no reason. */
  let reasons: { readonly beaten: Promise<void>; readonly settle: () => void } | null = null;
  let running: Promise<void> | null = null;

  const addReason = () => {
    let settle: () => void = () => undefined;
    const beaten = new Promise<void>((resolve) => {
      settle = resolve;
    });
    reasons = { beaten, settle };
    return reasons;
  };
  const run = async () => {
    while (reasons !== null) {
      const waitMs = Math.max(0, lastAt + intervalMs - clock.now());
      await clock.sleep(waitMs, closing).catch(() => undefined);
      const { settle } = reasons;
      reasons = null;
      const isMore = await beat();
      lastAt = clock.now();
      settle();
      if (isMore && reasons === null) addReason();
    }
    running = null;
  };
  return {
    note: () => {
      const { beaten } = reasons ?? addReason();
      running ??= run();
      return beaten;
    },
    whenIdle: () => running ?? Promise.resolve(),
  };
}
