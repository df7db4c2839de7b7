import { expect, it } from 'vitest';
import { createSleepBlocker } from './sleep-blocker.ts';

it('keeps the computer awake while transfers are under way, once, and no longer', () => {
  const calls: string[] = [];
  let lastId = 6;
  const sleep = createSleepBlocker({
    start: (type) => {
      lastId += 1;
      calls.push(`${type} ${lastId}`);
      return lastId;
    },
    stop: (id) => calls.push(`stop ${id}`),
  });
  for (const isTransferring of [false, true, true, false, false, true]) sleep.note(isTransferring);
  expect(calls).toEqual(['prevent-app-suspension 7', 'stop 7', 'prevent-app-suspension 8']);
});
