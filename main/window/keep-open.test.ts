import { EventEmitter } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { createKeeper } from './keep-open.ts';

/** Collects garbage; a weak reference that was read lives to the end of its turn. */
async function collect(): Promise<void> {
  setFlagsFromString('--expose-gc');
  await nextTurn();
  runInNewContext('gc')();
}

it('keeps a notification that is shown from being collected, until it is closed', async () => {
  const keep = createKeeper();
  const show = (isKept: boolean) => {
    const shown = new EventEmitter();
    if (isKept) keep(shown);
    return new WeakRef(shown);
  };
  const [kept, loose] = [show(true), show(false)];
  await collect();
  expect(loose.deref()).toBeUndefined();
  expect(kept.deref()).toBeDefined();
  kept.deref()?.emit('close');
  await collect();
  expect(kept.deref()).toBeUndefined();
});

it('keeps no more than are shown where nobody tells that they were closed', async () => {
  const keep = createKeeper();
  const first = (() => {
    const shown = new EventEmitter();
    keep(shown);
    return new WeakRef(shown);
  })();
  for (let count = 0; count < 20; count += 1) keep(new EventEmitter());
  await collect();
  expect(first.deref()).toBeUndefined();
});
