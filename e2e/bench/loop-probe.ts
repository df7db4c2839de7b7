import * as z from 'zod';

export const loopBlockSchema = z.object({
  /** Without the time for which the system let the thread wait for a processor, in milliseconds. */
  longestMs: z.number(),
  longestWithWaitMs: z.number(),
});

/** How long an event loop kept a timer waiting at most, beyond the millisecond that was asked for. */
export type LoopBlock = z.infer<typeof loopBlockSchema>;

/**
 * Begins to watch the event loop of the process it runs in, which may be another one that it is sent to: it uses nothing
 * from outside of itself. What `monitorEventLoopDelay` calls a delay is also the time for which the system has let the
 * thread wait for a processor, which on a busy machine is most of it. Linux counts that time (the second number of
 * schedstat, see sched-stats.rst of the kernel's documentation), so that it can be taken off.
 */
export function startLoopProbe(): null {
  const { existsSync, readFileSync } = process.getBuiltinModule('node:fs');
  const path = '/proc/thread-self/schedstat';
  const isCounted = existsSync(path);
  const readWaited = () => (isCounted ? Number(readFileSync(path, 'utf8').split(' ')[1]) / 1e6 : 0);
  const lookMs = 1;
  const state = { isOn: true, longestMs: 0, longestWithWaitMs: 0 };
  Object.assign(globalThis, { benchLoop: state });
  let lastAt = performance.now();
  let lastWaited = readWaited();
  const look = () => {
    const [at, waited] = [performance.now(), readWaited()];
    const delay = at - lastAt - lookMs;
    state.longestMs = Math.max(state.longestMs, delay - (waited - lastWaited));
    state.longestWithWaitMs = Math.max(state.longestWithWaitMs, delay);
    [lastAt, lastWaited] = [at, waited];
    if (state.isOn) setTimeout(look, lookMs);
  };
  setTimeout(look, lookMs);
  return null;
}

/** Ends that; it uses nothing from outside of itself either. */
export function stopLoopProbe(): LoopBlock {
  // Set by the function above.
  const { benchLoop } = globalThis as unknown as {
    readonly benchLoop: { isOn: boolean; longestMs: number; longestWithWaitMs: number };
  };
  benchLoop.isOn = false;
  return { longestMs: benchLoop.longestMs, longestWithWaitMs: benchLoop.longestWithWaitMs };
}
