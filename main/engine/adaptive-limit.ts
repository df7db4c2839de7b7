import type { Clock } from './clock.ts';

/**
 * How many small requests of an account may be under way at once. It follows the round trip at first, is halved when the
 * server asks for less, and grows by one a second again while it answers.
 */
export interface AdaptiveLimit {
  current(): number;
  /** What part of the most there could be this is, above 0 and up to 1: for what else is to be slowed down with it. */
  share(): number;
  /** To be told of a small request that went well, and how long it took in milliseconds. */
  noteAnswer(durationMs: number): void;
  /** To be told that the server asked for less (429, 503). What it says within a second counts once. */
  noteRefusal(): void;
}

/** As many are under way at once where the server is near, and while nothing is known of that. */
export const MIN_CEILING = 8;
export const MAX_CEILING = 16;
/**
 * So long a round trip is worth one more at once: up to 10 ms there are 8, from 20 ms on 16. On a long way what this
 * computer does between an answer and the next request shall not leave the line idle.
 */
const ROUND_TRIP_MS = 1.25;
/** The shortest of so many is taken for the round trip: longer ones waited in a queue of somebody's. */
const SAMPLES = 32;
const STEP_MS = 1000;

/** Makes one for an account of which nothing is known. */
export function createAdaptiveLimit({ now }: Pick<Clock, 'now'>): AdaptiveLimit {
  let allowed = MAX_CEILING;
  let changedAt = Number.NEGATIVE_INFINITY;
  let shortestMs = Number.POSITIVE_INFINITY;
  let samples = 0;
  let ceiling = MIN_CEILING;

  const current = () => Math.min(allowed, ceiling);
  return {
    current,
    share: () => current() / ceiling,
    noteAnswer: (durationMs) => {
      shortestMs = Math.min(shortestMs, durationMs);
      samples += 1;
      if (samples === SAMPLES) {
        ceiling = Math.min(MAX_CEILING, Math.max(MIN_CEILING, Math.round(shortestMs / ROUND_TRIP_MS)));
        samples = 0;
        shortestMs = Number.POSITIVE_INFINITY;
      }
      if (allowed === MAX_CEILING || now() - changedAt < STEP_MS) return;
      allowed += 1;
      changedAt = now();
    },
    noteRefusal: () => {
      if (now() - changedAt < STEP_MS) return;
      allowed = Math.max(1, Math.floor(current() / 2));
      changedAt = now();
    },
  };
}
