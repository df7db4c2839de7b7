/** Watches that the network takes what it is given. */
export interface StallWatch {
  /** Watches one write until it settles, and gives the same promise. */
  watch(write: Promise<void>): Promise<void>;
  /** Watches nothing any more. */
  stop(): void;
}

/**
 * Makes a watch; `onStall` is called when writes have waited that long, in milliseconds, and none was taken. A socket's
 * own timeout is no measure for it: Node lets it pass once where a part of a write was taken before, so that it takes
 * twice as long.
 */
export function createStallWatch(stallMs: number, onStall: () => void): StallWatch {
  let pending = 0;
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  const restart = () => {
    clearTimeout(timer);
    timer = pending > 0 && !isStopped ? setTimeout(onStall, stallMs) : undefined;
  };
  const end = () => {
    pending -= 1;
    restart();
  };
  return {
    watch: (write) => {
      pending += 1;
      if (pending === 1) restart();
      write.then(end, end);
      return write;
    },
    stop: () => {
      isStopped = true;
      restart();
    },
  };
}
