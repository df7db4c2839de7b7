/** How long an answer may take, in milliseconds. */
export interface SilenceLimits {
  /** Until its head has come. */
  readonly headMs: number;
  /** Between two parts of its body. */
  readonly silenceMs: number;
  /** In all, unless it brings the content of a file: of a large one nobody knows how long it takes. */
  readonly totalMs: number;
  readonly isContent: boolean;
}

/** Watches one answer. */
export interface SilenceClock {
  noteHead(isSuccess: boolean): void;
  noteBytes(): void;
  /** Stands still while nobody reads; {@link resume} begins anew. */
  pause(): void;
  resume(): void;
  /** Watches nothing any more. */
  stop(): void;
}

/** Starts a clock; `onTimeout` is called once at most. */
export function createSilenceClock(limits: SilenceLimits, onTimeout: () => void): SilenceClock {
  const { headMs, silenceMs, totalMs, isContent } = limits;
  let silence: NodeJS.Timeout | undefined;
  let isStopped = false;
  const stop = () => {
    isStopped = true;
    clearTimeout(silence);
    clearTimeout(deadline);
  };
  const timeOut = () => {
    stop();
    onTimeout();
  };
  const restart = (ms: number) => {
    clearTimeout(silence);
    if (!isStopped) silence = setTimeout(timeOut, ms);
  };
  const deadline = setTimeout(timeOut, totalMs);
  restart(headMs);
  return {
    noteHead: (isSuccess) => {
      if (isContent && isSuccess) clearTimeout(deadline);
      restart(silenceMs);
    },
    noteBytes: () => restart(silenceMs),
    pause: () => clearTimeout(silence),
    resume: () => restart(silenceMs),
    stop,
  };
}
