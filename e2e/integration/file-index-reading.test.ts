import { describe, expect, it } from 'vitest';
import type { Clock } from '../../main/engine/clock.ts';
import { createManualClock } from '../../main/engine/manual-clock.ts';
import type { Fault } from '../server/faults.ts';
import { createForeignFile, setUpIndex } from './index-bench.ts';
import { createFastClock } from './location.ts';

const bench = setUpIndex();

/** A page that fails, and at each of its three tries again. */
const FOR_GOOD = { times: 4, fault: { kind: 'status', status: 503, retryAfterSeconds: 0 } } as const;

describe('a reading of the listing', () => {
  it('keeps what it has read when a page fails, and reads all of it at the next try', async () => {
    bench.server.seed(2500);
    bench.server.faults.inject({ on: 'list', from: 2, ...FOR_GOOD });
    await bench.index.refresh();
    expect(bench.index.status()).toMatchObject({
      phase: 'failed',
      knownFiles: 1000,
      error: { code: 'unavailable' },
    });
    await bench.index.refresh();
    expect(bench.index.status()).toMatchObject({ phase: 'complete', knownFiles: 2500, error: null });
  });

  it('keeps showing the last reading while it reads again, and when that fails', async () => {
    bench.server.seed(1500);
    await bench.index.refresh();
    bench.server.faults.inject({ on: 'list', fault: { kind: 'status', status: 500 } });
    await bench.index.refresh();
    expect((await bench.query()).total).toBe(1500);
    expect(bench.index.status().phase).toBe('failed');
    expect(Math.min(...bench.changes.slice(-3).map((status) => status.knownFiles))).toBe(1500);
  });

  it('does not exchange what it knows for less when the first reading failed and is tried again', async () => {
    bench.server.seed(3500);
    bench.server.faults.inject({ on: 'list', from: 3, ...FOR_GOOD });
    await bench.index.refresh();
    expect((await bench.query()).total).toBe(2000);
    const before = bench.changes.length;
    await bench.index.refresh();
    const known = bench.changes.slice(before).map((status) => status.knownFiles);
    expect(Math.min(...known)).toBe(2000);
    expect(known.at(-1)).toBe(3500);
  });

  it.each<[string, Fault]>([
    ['429', { kind: 'status', status: 429, retryAfterSeconds: 0 }],
    ['503', { kind: 'status', status: 503, retryAfterSeconds: 0 }],
    ['500', { kind: 'status', status: 500 }],
    ['520', { kind: 'html', status: 520 }],
    ['408', { kind: 'status', status: 408 }],
    ['a torn connection', { kind: 'reset', at: 'headers' }],
  ])('goes on behind a page that fails three times with %s', async (_name, fault) => {
    bench.server.seed(2500);
    bench.server.faults.inject({ on: 'list', from: 2, times: 3, fault });
    await bench.open({ clock: createFastClock(1000) });
    await bench.index.refresh();
    expect(bench.index.status()).toMatchObject({ phase: 'complete', knownFiles: 2500, error: null });
    expect(bench.server.requests.all('list')).toHaveLength(6);
    expect(bench.changes.map(({ phase }) => phase)).not.toContain('failed');
  });

  it('tells at once when its first page fails', async () => {
    bench.server.seed(5);
    bench.server.faults.inject({ on: 'list', fault: { kind: 'status', status: 503, retryAfterSeconds: 0 } });
    await bench.index.refresh();
    expect(bench.index.status()).toMatchObject({ phase: 'failed', error: { code: 'unavailable' } });
    expect(bench.server.requests.all('list')).toHaveLength(1);
  });

  it.each<[string, () => Promise<void>]>([
    ['another reading begins', () => bench.index.refresh()],
    ['the index is closed', () => bench.index.close()],
  ])('waits for no page any more when %s', async (_name, end) => {
    bench.server.seed(1500);
    const fault = { kind: 'status', status: 503, retryAfterSeconds: 50 } as const;
    bench.server.faults.inject({ on: 'list', from: 2, fault });
    const clock = createManualClock();
    let noteSleep: () => void = () => undefined;
    const asleep = new Promise<void>((resolve) => {
      noteSleep = resolve;
    });
    const sleep: Clock['sleep'] = (ms, signal) => {
      noteSleep();
      return clock.sleep(ms, signal);
    };
    await bench.open({ clock: { ...clock, sleep } });
    const reading = bench.index.refresh();
    await asleep;
    await end();
    await reading;
    expect(clock.sleeperCount()).toBe(0);
  });

  it('drops what is gone after a new reading', async () => {
    const [first] = bench.server.seed(3);
    await bench.index.refresh();
    bench.server.files.delete(first?.id ?? '');
    await bench.index.refresh();
    expect((await bench.query()).total).toBe(2);
  });

  it('forgets neither an upload nor a deletion of this app that happens while it reads', async () => {
    const seeded = bench.server.seed(1500);
    await bench.index.refresh();
    const held = bench.server.faults.inject({ on: 'list', from: 2, fault: { kind: 'hang', at: 'applied' } });
    const reading = bench.index.refresh();
    await bench.server.waitFor((request) => request.operation === 'list' && request.isHeld);
    bench.index.put(createForeignFile('or_file_new'));
    bench.index.remove([seeded[0]?.id ?? '']);
    held.release();
    await reading;
    expect((await bench.query()).total).toBe(1500);
    expect(bench.index.find('or_file_new')).toBeDefined();
    expect(bench.index.find(seeded[0]?.id ?? '')).toBeUndefined();
  });

  it('asks for the next page before it has taken one in', async () => {
    bench.server.seed(2500);
    const held = bench.server.faults.inject({ on: 'list', from: 2, fault: { kind: 'hang', at: 'headers' } });
    const reading = bench.index.refresh();
    await bench.server.waitFor((request) => request.operation === 'list' && request.isHeld);
    expect(bench.index.status().readFiles).toBeLessThan(2000);
    held.release();
    await reading;
    expect(bench.index.status().knownFiles).toBe(2500);
  });

  it('loses no file and has none twice when files come and go while it reads', async () => {
    const seeded = bench.server.seed(3500);
    const held = bench.server.faults.inject({ on: 'list', from: 3, fault: { kind: 'hang', at: 'headers' } });
    const reading = bench.index.refresh();
    await bench.server.waitFor((request) => request.operation === 'list' && request.isHeld);
    bench.server.files.delete(seeded[10]?.id ?? '');
    bench.server.files.delete(seeded[3000]?.id ?? '');
    bench.server.files.addAll(Array.from({ length: 600 }, (_, number) => ({ name: `new ${number}` })));
    held.release();
    await reading;
    const listed = bench.server.files.all().map(({ id }) => id);
    const set = await bench.index.toSet(listed);
    expect(set.count).toBe(listed.length);
    // What went behind the reader's back is found gone at the next reading.
    expect(bench.index.status().knownFiles).toBe(listed.length + 1);
    await bench.index.refresh();
    expect(bench.index.status()).toMatchObject({ phase: 'complete', knownFiles: listed.length });
  });
});
