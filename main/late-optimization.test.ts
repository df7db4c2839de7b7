import { setImmediate } from 'node:timers/promises';
import v8 from 'node:v8';
import { afterEach, expect, it } from 'vitest';
import { deferOptimization } from './late-optimization.ts';

/** `OptimizationStatus::kTurboFanned` (V8, src/runtime/runtime.h). */
const TURBOFANNED = 1 << 6;

v8.setFlagsFromString('--allow-natives-syntax');
const readStatus: (work: unknown) => number = Object.assign(
  new Function('work', 'return %GetOptimizationStatus(work)'),
);

let works = 0;

/** A function that nothing has run yet, nor one of the same text. */
function createWork(): (value: number) => number {
  works += 1;
  return Object.assign(new Function('value', `return (value % 7) + ${works};`));
}

/** Calls a new function in so many rounds, or until it is optimized; says whether it was. */
async function isOptimized(rounds: number): Promise<boolean> {
  const work = createWork();
  for (let round = 0; round < rounds; round += 1) {
    for (let call = 0; call < 10_000; call += 1) work(call);
    // The compiler works on another thread, and its code is taken over between two calls.
    await setImmediate();
    if ((readStatus(work) & TURBOFANNED) !== 0) return true;
  }
  return false;
}

afterEach(() => v8.setFlagsFromString('--turbofan'));

it('keeps the optimizing compiler off until the first reading is over, and never again', async () => {
  const noteIndex = deferOptimization();
  noteIndex({ phase: 'reading', readFiles: 1000 });
  expect(await isOptimized(300)).toBe(false);
  noteIndex({ phase: 'complete', readFiles: 0 });
  expect(await isOptimized(10_000)).toBe(true);
  noteIndex({ phase: 'reading', readFiles: 1000 });
  expect(await isOptimized(10_000)).toBe(true);
});

it('lets it work in a reading that has come some way, and after one that failed', async () => {
  deferOptimization()({ phase: 'reading', readFiles: 20_000 });
  expect(await isOptimized(10_000)).toBe(true);
  deferOptimization()({ phase: 'failed', readFiles: 0 });
  expect(await isOptimized(10_000)).toBe(true);
});
