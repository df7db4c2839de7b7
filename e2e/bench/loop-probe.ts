import * as z from 'zod';

export const loopBlockSchema = z.object({
  /** Of all looks, without the time for which the thread waited for a processor, and with it. */
  p99Ms: z.number(),
  p99WithWaitMs: z.number(),
  /** Without the time for which the system let the thread wait for a processor, in milliseconds. */
  longestMs: z.number(),
  longestWithWaitMs: z.number(),
});

/** How long an event loop kept a timer waiting, beyond the millisecond that was asked for. */
export type LoopBlock = z.infer<typeof loopBlockSchema>;

interface LoopLooks {
  isOn: boolean;
  readonly delaysMs: number[];
  readonly delaysWithWaitMs: number[];
}

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
  const state: LoopLooks = { isOn: true, delaysMs: [], delaysWithWaitMs: [] };
  Object.assign(globalThis, { benchLoop: state });
  let lastAt = performance.now();
  let lastWaited = readWaited();
  const look = () => {
    const [at, waited] = [performance.now(), readWaited()];
    const delay = at - lastAt - lookMs;
    state.delaysMs.push(delay - (waited - lastWaited));
    state.delaysWithWaitMs.push(delay);
    [lastAt, lastWaited] = [at, waited];
    if (state.isOn) setTimeout(look, lookMs);
  };
  setTimeout(look, lookMs);
  return null;
}

/** Ends that; it uses nothing from outside of itself either. */
export function stopLoopProbe(): LoopBlock {
  // Set by the function above.
  const { benchLoop } = globalThis as unknown as { readonly benchLoop: LoopLooks };
  benchLoop.isOn = false;
  const sort = (delays: readonly number[]) => Float64Array.from(delays).sort();
  const [delays, withWait] = [sort(benchLoop.delaysMs), sort(benchLoop.delaysWithWaitMs)];
  const toP99 = (sorted: Float64Array) => sorted[Math.max(0, Math.ceil(0.99 * sorted.length) - 1)] ?? 0;
  return {
    p99Ms: toP99(delays),
    p99WithWaitMs: toP99(withWait),
    longestMs: delays.at(-1) ?? 0,
    longestWithWaitMs: withWait.at(-1) ?? 0,
  };
}
