import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod';
import { type LoopBlock, loopBlockSchema, startLoopProbe, stopLoopProbe } from './loop-probe.ts';
import type { MainInspector } from './main-inspector.ts';

/** What is left of a run is given back to the system by V8 in its own time, in milliseconds. */
const GIVE_BACK_MS = 500;

/** Gives the resident memory of the main process after a collection of garbage, in bytes. */
export async function readMainMemory(main: MainInspector): Promise<number> {
  await main.evaluate(() => {
    const { setFlagsFromString } = process.getBuiltinModule('node:v8');
    const { runInNewContext } = process.getBuiltinModule('node:vm');
    setFlagsFromString('--expose-gc');
    // A context made from now on has the function that the flag brings.
    const collect: unknown = runInNewContext('gc');
    if (typeof collect !== 'function') throw new Error('There is no garbage collector to be asked');
    // As before V8 would run out of memory: all that it keeps in store goes back to the system.
    collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  });
  await wait(GIVE_BACK_MS);
  return z.number().parse(await main.evaluate(() => process.memoryUsage.rss()));
}

/** Begins to watch main's event loop; the function given ends that and answers its longest block. */
export async function watchMainLoop(main: MainInspector): Promise<() => Promise<LoopBlock>> {
  await main.evaluate(startLoopProbe);
  return async () => loopBlockSchema.parse(await main.evaluate(stopLoopProbe));
}
