import { describe, expect, it } from 'vitest';
import { openJournal } from './journal.ts';
import { createMemoryJournalFile, type Outcome } from './memory-journal-file.ts';

const RUNS = 400;
const STEPS = 40;

/** Whole numbers below a limit, the same for the same seed (mulberry32). */
function createDice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** What an entry does to a set: a positive number joins it, a negative one leaves it. */
const parseStep = (value: unknown) => (typeof value === 'number' ? value : null);
const play = (steps: readonly number[]) => {
  const members = new Set<number>();
  for (const step of steps) {
    if (step > 0) members.add(step);
    else members.delete(-step);
  }
  return [...members].sort((a, b) => a - b);
};

function decideAtRandom(roll: (below: number) => number, byteCount: number): Outcome {
  const chance = roll(10);
  if (chance > 2) return { end: 'done' };
  return {
    end: chance === 0 ? 'powerCut' : 'failure',
    kept: roll(byteCount + 1),
    zeros: roll(2) * roll(9000),
  };
}

/** Writes until the power goes, and answers what was promised by then and what is found. */
async function cutPower(seed: number) {
  const roll = createDice(seed);
  const file = createMemoryJournalFile(null, (_, byteCount) => decideAtRandom(roll, byteCount));
  const pause = () => Promise.resolve();
  const { journal } = await openJournal({ file, version: 1, parse: parseStep, pause });
  /** The set after so many steps. */
  const states = [play([])];
  const steps: number[] = [];
  let promised = 0;
  const promise = (write: Promise<void>) => {
    const count = steps.length;
    return write.then(
      () => {
        promised = Math.max(promised, count);
      },
      () => undefined,
    );
  };
  const writes: Promise<void>[] = [];
  for (let step = 0; step < STEPS; step += 1) {
    const choice = roll(6);
    if (choice < 3) {
      const entry = (1 + roll(9)) * (roll(2) === 0 ? 1 : -1);
      steps.push(entry);
      states.push(play(steps));
      journal.append(entry);
    } else if (choice === 3) writes.push(promise(journal.compact(play(steps))));
    else writes.push(promise(journal.sync()));
    if (roll(3) === 0) await Promise.all(writes.splice(0));
  }
  await Promise.all(writes);
  const earlier = file.earlier();
  const left = earlier && roll(2) === 0 ? earlier.content : file.content();
  const found = await openJournal({ file: createMemoryJournalFile(left), version: 1, parse: parseStep });
  return { states, promised, found: play(found.entries), lostLines: found.lostLines, left };
}

describe('a journal whose power is cut at any moment', () => {
  it('has all that was promised, and as much of the rest as had once been so', async () => {
    let promisedRuns = 0;
    for (let seed = 1; seed <= RUNS; seed += 1) {
      const { states, promised, found, lostLines } = await cutPower(seed);
      expect(states.slice(promised), `seed ${seed}`).toContainEqual(found);
      expect(lostLines, `seed ${seed}`).toBe(0);
      if (promised > 0) promisedRuns += 1;
    }
    expect(promisedRuns).toBeGreaterThan(RUNS / 4);
  });
});
