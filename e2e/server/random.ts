/** Gives the next whole number of a repeatable sequence, 0 to 2^32 - 1. */
export type Random = () => number;

/** Creates a repeatable sequence (mulberry32): the same seed gives the same server, so a failing test fails again. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

/** Takes one element; the list must not be empty. */
export function pick<T>(random: Random, list: readonly T[]): T {
  const item = list[random() % list.length];
  if (item === undefined) throw new Error('Nothing to pick from an empty list');
  return item;
}
