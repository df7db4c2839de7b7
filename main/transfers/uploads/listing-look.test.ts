import { describe, expect, it, vi } from 'vitest';
import { AppFailure } from '#app/errors.ts';
import type { RemoteFile } from '#app/files/remote-file.ts';
import type { ListPage, ListPosition } from '../../file-store/listing.ts';
import { createListingLook } from './listing-look.ts';

const row = (id: string): RemoteFile => ({
  id,
  name: id,
  mimeType: 'text/plain',
  sizeBytes: 1,
  createdAt: 0,
  isSaveable: false,
});
const page = (ids: readonly string[], cursor: string | null = null, unreadableRows = 0): ListPage => ({
  files: ids.map(row),
  unreadableRows,
  next: cursor === null ? null : { by: 'cursor', cursor },
  lastId: ids.at(-1) ?? null,
  unreadableBehind: 0,
});

interface Call {
  readonly from: ListPosition | null;
  readonly answer: (page: ListPage) => void;
  readonly fail: (cause: Error) => void;
}

/** A look whose pages the test answers one by one. */
function setUp(whenAllowed: (signal: AbortSignal) => Promise<void> = () => Promise.resolve()) {
  const calls: Call[] = [];
  const controller = new AbortController();
  const onFailure = vi.fn<(cause: unknown) => void>();
  const readings: string[][] = [];
  const look = createListingLook({
    listFiles: (from, signal) =>
      new Promise((answer, fail) => {
        calls.push({ from, answer, fail });
        signal.addEventListener('abort', () => fail(new AppFailure({ code: 'cancelled' })));
      }),
    follow: () => {
      const told: string[] = [];
      readings.push(told);
      return (files) => told.push(...files.map(({ id }) => id));
    },
    whenAllowed,
    onFailure,
    signal: controller.signal,
  });
  return { look, calls, controller, onFailure, readings };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('a look at the listing', () => {
  it('reads from the start to the end', async () => {
    const { look, calls, readings } = setUp();
    const looking = look();
    await settle();
    calls[0]?.answer(page(['a', 'b'], 'x', 1));
    await settle();
    // Whoever asks what is there need not wait for the rest.
    expect(readings).toEqual([['a', 'b']]);
    calls[1]?.answer(page(['c'], null, 2));
    const { files, unreadableRows } = await looking;
    expect(files.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(unreadableRows).toBe(3);
    expect(readings).toEqual([['a', 'b', 'c']]);
    expect(calls.map(({ from }) => from)).toEqual([null, { by: 'cursor', cursor: 'x' }]);
  });

  it('is not answered from a reading that began before the question', async () => {
    const { look, calls } = setUp();
    const first = look();
    await settle();
    const second = look();
    calls[0]?.answer(page(['old']));
    expect((await first).files).toHaveLength(1);
    await settle();
    calls[1]?.answer(page(['old', 'new']));
    expect((await second).files).toHaveLength(2);
  });

  it('is one for all who ask meanwhile', async () => {
    const { look, calls } = setUp();
    const first = look();
    await settle();
    const others = Array.from({ length: 100 }, () => look());
    calls[0]?.answer(page([]));
    await first;
    await settle();
    const late = look();
    calls[1]?.answer(page(['a']));
    for (const { files } of await Promise.all(others)) expect(files).toHaveLength(1);
    await settle();
    calls[2]?.answer(page(['a', 'b']));
    expect((await late).files).toHaveLength(2);
    expect(calls).toHaveLength(3);
  });

  it('tries for those who asked while another one failed', async () => {
    const { look, calls } = setUp();
    const first = look();
    await settle();
    const second = look();
    calls[0]?.fail(new AppFailure({ code: 'serverFailed', serverMessage: '' }));
    await expect(first).rejects.toThrow('serverFailed');
    await settle();
    calls[1]?.answer(page(['a']));
    expect((await second).files).toHaveLength(1);
  });

  it('asks nothing before it is allowed, the ones that follow included', async () => {
    const gates: (() => void)[] = [];
    const { look, calls } = setUp(() => new Promise((resolve) => gates.push(resolve)));
    const first = look();
    const second = look();
    await settle();
    expect(calls).toHaveLength(0);
    gates[0]?.();
    await settle();
    calls[0]?.answer(page([]));
    await first;
    await settle();
    expect(calls).toHaveLength(1);
    gates[1]?.();
    await settle();
    calls[1]?.answer(page([]));
    await second;
  });

  it('tells of a failure before anybody asks again, so that they may be held', async () => {
    const order: string[] = [];
    const { look, calls, onFailure } = setUp(async () => {
      order.push('asks');
    });
    onFailure.mockImplementation(() => order.push('failed'));
    const first = look();
    first.catch(() => order.push('told'));
    await settle();
    const second = look();
    const cause = new AppFailure({ code: 'unauthorized' });
    calls[0]?.fail(cause);
    await settle();
    expect(onFailure).toHaveBeenCalledExactlyOnceWith(cause);
    expect(order.filter((what) => what !== 'told')).toEqual(['asks', 'failed', 'asks']);
    calls[1]?.answer(page([]));
    await second;
  });

  it('ends with its signal, and so do all that wait', async () => {
    const { look, calls, controller } = setUp();
    const first = look();
    await settle();
    const second = look();
    first.catch(() => undefined);
    second.catch(() => undefined);
    controller.abort();
    await expect(first).rejects.toThrow('cancelled');
    await settle();
    calls[1]?.fail(new AppFailure({ code: 'cancelled' }));
    await expect(second).rejects.toThrow('cancelled');
  });
});
