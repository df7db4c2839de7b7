import type { DeletionPause } from '#app/files/deletion.ts';
import { toBackOff } from '../engine/back-off.ts';
import type { Clock } from '../engine/clock.ts';
import { createCondition } from '../engine/condition.ts';
import { OUTAGE_PATIENCE, type Verdict } from './obstacles.ts';

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
  /** The present one; null when there is none. */
  current(): DeletionPause | null;
  /** Ends the present one at a person's word, who may ask for as many more. */
  end(): void;
  /** To be told of every file that is gone. */
  noteSuccess(): void;
  /** To be told of every other answer and the mark of its request; false when it is time to give up. */
  noteObstacle(verdict: Verdict, mark: number): boolean;
}

/** So many failures of the server in a row are not a file's fault: to go on would only add to them. */
const MAX_FAILURES_IN_A_ROW = 20;

/** What is waited out. */
type Wait = Pick<Extract<Verdict, { kind: 'pause' }>, 'reason' | 'afterMs' | 'patience'>;

const OUTAGE: Wait = { reason: 'failing', afterMs: null, patience: OUTAGE_PATIENCE };

/** Makes them; there is none at first. */
export function createPauses({ clock, onChange, closing }: PausesParts): Pauses {
  let pause: DeletionPause | null = null;
  let ending = new AbortController();
  /** Requests of one time between two pauses have one mark: what they meet together counts once. */
  let mark = 0;
  let pausesInARow = 0;
  let failuresInARow = 0;
  const over = createCondition(() => pause === null);

  const end = () => {
    pause = null;
    ending.abort();
    onChange();
    over.noteChange();
  };
  const waitOut = async () => {
    ending = new AbortController();
    const either = AbortSignal.any([closing, ending.signal]);
    try {
      for (let until = pause?.resumesAt ?? 0; until > clock.now(); until = pause?.resumesAt ?? 0) {
        await clock.sleep(until - clock.now(), either);
      }
    } catch {
      return;
    }
    end();
  };
  const begin = ({ reason, afterMs, patience }: Wait, requestMark: number) => {
    if (requestMark === mark) {
      mark += 1;
      pausesInARow += 1;
      if (pausesInARow > patience) {
        pausesInARow = 0;
        return false;
      }
    }
    const resumesAt = clock.now() + Math.max(toBackOff(pausesInARow), afterMs ?? 0);
    if (pause !== null && resumesAt <= pause.resumesAt) return true;
    const isNew = pause === null;
    pause = { resumesAt, reason };
    onChange();
    if (isNew) void waitOut();
    return true;
  };

  return {
    whenOver: async (signal) => {
      await over.wait(signal);
      return mark;
    },
    current: () => pause,
    end: () => {
      if (pause === null) return;
      pausesInARow = 0;
      end();
    },
    noteSuccess: () => {
      pausesInARow = 0;
      failuresInARow = 0;
    },
    noteObstacle: (verdict, requestMark) => {
      if (verdict.kind === 'pause') return begin(verdict, requestMark);
      if (verdict.kind !== 'later') return true;
      failuresInARow += 1;
      if (failuresInARow < MAX_FAILURES_IN_A_ROW) return true;
      failuresInARow = 0;
      return begin(OUTAGE, requestMark);
    },
  };
}
