import { describe, expect, it } from 'vitest';
import { forEachAtOnce } from './for-each-at-once.ts';

describe('work on many items', () => {
  it('takes them in order, so many at once', async () => {
    const begun: number[] = [];
    let underWay = 0;
    let most = 0;
    await forEachAtOnce(3, [0, 1, 2, 3, 4, 5, 6], async (item) => {
      begun.push(item);
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise(setImmediate);
      underWay -= 1;
    });
    expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(most).toBe(3);
  });

  it('begins nothing new once some of it has failed', async () => {
    const begun: number[] = [];
    let end: () => void = () => undefined;
    const working = forEachAtOnce(2, [0, 1, 2, 3], async (item) => {
      begun.push(item);
      if (item === 1) throw new Error('failed');
      await new Promise<void>((resolve) => {
        end = resolve;
      });
    });
    await expect(working).rejects.toThrow('failed');
    end();
    await new Promise(setImmediate);
    expect(begun).toEqual([0, 1]);
  });
});
