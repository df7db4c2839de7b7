import { createCondition } from '../condition.ts';
import type { Clock } from '../transfers/queue/clock.ts';
import { OUTAGE_PATIENCE, toBackOff, type Verdict } from './obstacles.ts';

/** What pauses are made of. */
export interface PausesParts {
  readonly clock: Clock;
  /** Told when a pause begins, is made longer, or ends. */
  readonly onChange: () => void;
  readonly closing: AbortSignal;
}

/** The times in which no deletion of a location sends anything. */
export interface Pauses {
  /** Settles when requests may be sent, with a mark to be given to {@link noteObstacle}; rejects at an abort. */
  whenOver(signal: AbortSignal): Promise<number>;
  /** When the present one ends, in milliseconds since the epoch; null when there is none. */
  until(): number | null;
  /** To be told of every file that is gone. */
  noteSuccess(): void;
  /** To be told of every other answer and the mark of its request; false when it is time to give up. */
  noteObstacle(verdict: Verdict, mark: number): boolean;
}

/** So many failures of the server in a row are not a file's fault: to go on would only add to them. */
const MAX_FAILURES_IN_A_ROW = 20;

/** Makes them; there is none at first. */
export function createPauses({ clock, onChange, closing }: PausesParts): Pauses {
  let until: number | null = null;
  /** Requests of one time between two pauses have one mark: what they meet together counts once. */
  let mark = 0;
  let pausesInARow = 0;
  let failuresInARow = 0;
  const over = createCondition(() => until === null);

  const waitOut = async () => {
    try {
      for (let end = until; end !== null && end > clock.now(); end = until) {
        await clock.sleep(end - clock.now(), closing);
      }
    } catch {
      return;
    }
    until = null;
    onChange();
    over.noteChange();
  };
  const pause = (ms: number) => {
    const end = clock.now() + ms;
    if (until !== null && end <= until) return;
    const isNew = until === null;
    until = end;
    onChange();
    if (isNew) void waitOut();
  };
  const begin = (afterMs: number | null, patience: number, requestMark: number) => {
    if (requestMark === mark) {
      mark += 1;
      pausesInARow += 1;
      if (pausesInARow > patience) {
        pausesInARow = 0;
        return false;
      }
    }
    pause(Math.max(toBackOff(pausesInARow), afterMs ?? 0));
    return true;
  };

  return {
    whenOver: async (signal) => {
      await over.wait(signal);
      return mark;
    },
    until: () => until,
    noteSuccess: () => {
      pausesInARow = 0;
      failuresInARow = 0;
    },
    noteObstacle: (verdict, requestMark) => {
      if (verdict.kind === 'pause') return begin(verdict.afterMs, verdict.patience, requestMark);
      if (verdict.kind !== 'later') return true;
      failuresInARow += 1;
      if (failuresInARow < MAX_FAILURES_IN_A_ROW) return true;
      failuresInARow = 0;
      return begin(null, OUTAGE_PATIENCE, requestMark);
    },
  };
}
