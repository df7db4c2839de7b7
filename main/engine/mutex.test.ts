import { describe, expect, it } from 'vitest';
import { createMutex } from './mutex.ts';

describe('a mutex', () => {
  it('lets one piece of work run at a time, in order', async () => {
    const mutex = createMutex();
    const order: string[] = [];
    const work = (name: string) =>
      mutex.run(async () => {
        order.push(`${name} begins`);
        await new Promise(setImmediate);
        order.push(`${name} ends`);
        return name;
      });
    expect(await Promise.all([work('a'), work('b')])).toEqual(['a', 'b']);
    expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  });

  it('goes on behind work that failed', async () => {
    const mutex = createMutex();
    const failed = mutex.run(() => {
      throw new Error('failed');
    });
    const next = mutex.run(() => 'next');
    await expect(failed).rejects.toThrow('failed');
    expect(await next).toBe('next');
  });
});
