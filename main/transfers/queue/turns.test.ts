import { describe, expect, it } from 'vitest';
import { createTurns } from './turns.ts';

const never = new AbortController().signal;

describe('turns', () => {
  it('are given in order, and no more than there are', async () => {
    const turns = createTurns(2);
    const order: string[] = [];
    const take = async (name: string, signal = never) => {
      const giveBack = await turns.take(signal);
      order.push(name);
      return giveBack;
    };
    const first = take('a');
    void take('b');
    void take('c');
    void take('d');
    const giveBack = await first;
    await Promise.resolve();
    expect(order).toEqual(['a', 'b']);
    giveBack();
    await new Promise(setImmediate);
    expect(order).toEqual(['a', 'b', 'c']);
    turns.setCount(3);
    await new Promise(setImmediate);
    expect(order).toEqual(['a', 'b', 'c', 'd']);
  });

  it('are not spent on one that no longer wants its turn', async () => {
    const turns = createTurns(1);
    const giveBack = await turns.take(never);
    const controller = new AbortController();
    const left = turns.take(controller.signal);
    const next = turns.take(never);
    controller.abort(new Error('left'));
    await expect(left).rejects.toThrow('left');
    giveBack();
    expect(await next).toBeTypeOf('function');
    await expect(turns.take(controller.signal)).rejects.toThrow('left');
  });
});
