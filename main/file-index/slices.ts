/**
 * Who waits for a piece of work: `answer` a person, `background` nobody yet. `reading` the listing is between the two:
 * as pages come one after the other it always has work, and answers would wait for its end.
 */
export type Urgency = 'answer' | 'reading' | 'background';

/** One piece of work that is cut into slices. */
export interface Slice {
  /** May change while the work goes on, as when somebody begins to wait for it. */
  urgency: Urgency;
  /** Whether the time of this slice is over: then `next` is to be awaited. To be asked often, but not for every row. */
  isSpent(): boolean;
  /** Settles when it is this work's turn again; the event loop has gone round meanwhile. */
  next(): Promise<void>;
}

/** Lets long work share the main thread with everything else there. */
export interface Slices {
  begin(urgency: Urgency): Slice;
}

/** In milliseconds. A slice may meet a page of the listing in the same round of the event loop, and 16 are a frame. */
const BUDGET_MS = 4;

/**
 * Between two slices that no person waits for, in milliseconds. Electron's own work runs on this thread too, such as to
 * send the request for the next page: of a loop that is never idle it gets so little that requests left 5 ms late.
 */
const PAUSE_MS = 1;

interface Waiting {
  readonly slice: Slice;
  readonly resume: () => void;
}

/**
 * Makes the slices of one index. Only one piece of work runs in each round of the event loop, whatever waits; answers
 * go first, and of them the one asked for last: what was asked for before it is out of date. Then comes reading.
 */
export function createSlices(): Slices {
  const waiting: Waiting[] = [];
  let isScheduled = false;

  const take = (): Waiting | undefined => {
    const answer = waiting.findLastIndex(({ slice }) => slice.urgency === 'answer');
    const position = answer >= 0 ? answer : waiting.findIndex(({ slice }) => slice.urgency === 'reading');
    return waiting.splice(Math.max(0, position), 1)[0];
  };
  const schedule = () => {
    if (isScheduled || waiting.length === 0) return;
    isScheduled = true;
    const go = () => {
      isScheduled = false;
      take()?.resume();
      schedule();
    };
    if (waiting.some(({ slice }) => slice.urgency === 'answer')) setImmediate(go);
    // Not right away: two slices would meet in one round.
    else setTimeout(() => setImmediate(go), PAUSE_MS);
  };
  return {
    begin: (urgency) => {
      let startedAt = performance.now();
      const slice: Slice = {
        urgency,
        isSpent: () => performance.now() - startedAt > BUDGET_MS,
        next: () =>
          new Promise((resolve) => {
            const resume = () => {
              startedAt = performance.now();
              resolve();
            };
            waiting.push({ slice, resume });
            schedule();
          }),
      };
      return slice;
    },
  };
}
