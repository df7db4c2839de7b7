import { describe, expect, it } from 'vitest';
import { createSemaphore } from './semaphore.ts';

const never = new AbortController().signal;

describe('slots of a semaphore', () => {
  it('are given in order, and no more than there are', async () => {
    let limit = 2;
    const semaphore = createSemaphore(() => limit);
    const order: string[] = [];
    const acquire = async (name: string, signal = never) => {
      const release = await semaphore.acquire(signal);
      order.push(name);
      return release;
    };
    const first = acquire('a');
    void acquire('b');
    void acquire('c');
    void acquire('d');
    const release = await first;
    await Promise.resolve();
    expect(order).toEqual(['a', 'b']);
    release();
    await new Promise(setImmediate);
    expect(order).toEqual(['a', 'b', 'c']);
    limit = 3;
    semaphore.noteLimit();
    await new Promise(setImmediate);
    expect(order).toEqual(['a', 'b', 'c', 'd']);
  });

  it('are not spent on one that no longer wants its slot', async () => {
    const semaphore = createSemaphore(() => 1);
    const release = await semaphore.acquire(never);
    const controller = new AbortController();
    const left = semaphore.acquire(controller.signal);
    const next = semaphore.acquire(never);
    controller.abort(new Error('left'));
    await expect(left).rejects.toThrow('left');
    release();
    expect(await next).toBeTypeOf('function');
    await expect(semaphore.acquire(controller.signal)).rejects.toThrow('left');
  });
});
