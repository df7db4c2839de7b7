import { describe, expect, it } from 'vitest';
import { createQueue, type Queue } from './queue.ts';

function takeAll(queue: Queue<string>, isReady: (item: string) => boolean = () => true): string[] {
  const items: string[] = [];
  for (let next = queue.take(isReady); next !== undefined; next = queue.take(isReady)) items.push(next);
  return items;
}

describe('a queue', () => {
  it('gives what came first, and then nothing', () => {
    const queue = createQueue<string>();
    for (const item of ['a', 'b', 'c']) queue.add(item, 'back');
    expect(takeAll(queue)).toEqual(['a', 'b', 'c']);
    expect(queue.take(() => true)).toBeUndefined();
  });

  it('gives those first that could not use their turn, in the order of their return', () => {
    const queue = createQueue<string>();
    queue.add('a', 'back');
    queue.add('b', 'front');
    queue.add('c', 'front');
    expect(takeAll(queue)).toEqual(['b', 'c', 'a']);
  });

  it('passes over what is not ready, and keeps its place', () => {
    const queue = createQueue<string>();
    for (const item of ['a', 'b', 'c']) queue.add(item, 'back');
    expect(queue.take((item) => item !== 'a')).toBe('b');
    expect(takeAll(queue)).toEqual(['a', 'c']);
  });

  it('gives nothing twice, and nothing that was taken out', () => {
    const queue = createQueue<string>();
    queue.add('a', 'back');
    queue.add('a', 'back');
    queue.add('b', 'front');
    queue.add('c', 'back');
    queue.remove('b');
    queue.remove('c');
    expect(takeAll(queue)).toEqual(['a']);
  });
});
