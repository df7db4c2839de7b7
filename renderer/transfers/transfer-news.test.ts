import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Transfer } from '#app/transfers/transfer.ts';
import { createSampleTransfer } from './sample-transfer.ts';
import { createTransferNews } from './transfer-news.ts';

const create = (id: string, given: Partial<Transfer>) => createSampleTransfer({ id, ...given });

describe('createTransferNews', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('tells what ended together in one sentence', () => {
    const say = vi.fn();
    const news = createTransferNews(say);
    news.follow([]);
    news.follow([create('a', { state: 'done' })]);
    news.follow([
      create('a', { state: 'done' }),
      create('b', { state: 'done', direction: 'save' }),
      create('c', { state: 'failed' }),
      create('d', { state: 'unknown' }),
      create('e', { state: 'asking' }),
      create('f', { state: 'cancelled' }),
    ]);
    vi.advanceTimersByTime(1000);
    expect(say.mock.calls).toEqual([
      [
        '1 file uploaded, 1 file saved, 1 transfer failed, 1 upload may have arrived, 1 file needs your decision',
      ],
    ]);
  });

  it('says nothing of what was there at first, nor of what stays as it is', () => {
    const say = vi.fn();
    const news = createTransferNews(say);
    const transfers = [create('a', { state: 'done' })];
    news.follow(transfers);
    news.follow([...transfers, create('b', { state: 'sending' })]);
    vi.advanceTimersByTime(60_000);
    expect(say).not.toHaveBeenCalled();
  });

  it('speaks a few times a minute however many files end', () => {
    const say = vi.fn();
    const news = createTransferNews(say);
    news.follow([]);
    const transfers: Transfer[] = [];
    for (let index = 0; index < 1500; index += 1) {
      transfers.push(create(`${index}`, { state: 'done' }));
      news.follow(transfers);
      vi.advanceTimersByTime(40);
    }
    vi.advanceTimersByTime(10_000);
    expect(say.mock.calls.length).toBeLessThanOrEqual(8);
    const told = say.mock.calls.map(([text]) => Number(/^[\d,]+/.exec(text)?.[0].replace(',', '')));
    expect(told.reduce((sum, count) => sum + count, 0)).toBe(1500);
  });
});
