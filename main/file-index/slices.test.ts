import { expect, it } from 'vitest';
import { createSlices, type Slice } from './slices.ts';

/** Works until the time of a slice is over. */
function work(slice: Slice): void {
  while (!slice.isSpent()) Math.sqrt(2);
}

it('gives one piece of work a turn in each round of the event loop, answers first, the last one asked for before the others, and then reading', async () => {
  const slices = createSlices();
  const log: string[] = [];
  const run = async (name: string, slice: Slice, turns: number) => {
    for (let turn = 0; turn < turns; turn += 1) {
      work(slice);
      await slice.next();
      log.push(name);
    }
  };
  let isDone = false;
  let turnsBefore = 0;
  let mostInOneRound = 0;
  const count = () => {
    mostInOneRound = Math.max(mostInOneRound, log.length - turnsBefore);
    turnsBefore = log.length;
    if (!isDone) setImmediate(count);
  };
  count();
  await Promise.all([
    run('background', slices.begin('background'), 2),
    run('reading', slices.begin('reading'), 2),
    run('first', slices.begin('answer'), 2),
    run('second', slices.begin('answer'), 2),
  ]);
  isDone = true;
  expect(mostInOneRound).toBe(1);
  expect(log).toEqual([
    'second',
    'second',
    'first',
    'first',
    'reading',
    'reading',
    'background',
    'background',
  ]);
});

it('lets work that somebody begins to wait for go before other work', async () => {
  const slices = createSlices();
  const log: string[] = [];
  const early = slices.begin('background');
  const late = slices.begin('background');
  const all = Promise.all([
    early.next().then(() => log.push('early')),
    late.next().then(() => log.push('late')),
  ]);
  late.urgency = 'answer';
  await all;
  expect(log).toEqual(['late', 'early']);
});
