import { truncate } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { inState, setUpTransfers } from './transfers-bench.ts';

const bench = setUpTransfers();

describe('the queue of transfers', () => {
  it('uploads a file once, and knows it', async () => {
    const location = await bench.openHere();
    const id = location.upload(await bench.write('a.txt'), 'a.txt');
    const done = await location.waitFor(inState(id, 'done'));
    expect(done).toMatchObject({ confirmedBy: 'answer', attempts: 1, error: null, transferredBytes: 13 });
    expect(bench.namesOnServer()).toEqual(['a.txt']);
    expect(location.index.find(done.fileId ?? '')).toMatchObject({ name: 'a.txt', sizeBytes: 13 });
  });

  it('never has two uploads of one name under way', async () => {
    const location = await bench.openHere();
    const hang = bench.server.faults.inject({ on: 'upload', fault: { kind: 'hang', at: 'body' } });
    const first = location.upload(await bench.write('a.txt'), 'x.txt');
    await location.waitFor(inState(first, 'waitingForServer'));
    const second = location.upload(await bench.write('b.txt'), 'x.txt');
    const third = location.upload(await bench.write('c.txt', 'c'), 'c.txt');
    await location.waitFor(inState(third, 'done'));
    expect(await bench.statesOf(second)).toEqual([]);
    hang.release();
    await location.waitFor(inState(first, 'done'));
    // The second is the same name and size by now, which is for a person to decide.
    await location.waitFor(inState(second, 'asking'));
  });

  it('does not call a file done that was cut while it was sent', async () => {
    const location = await bench.openHere();
    // More than the connection's buffers hold.
    const path = await bench.write('a.txt', 'x'.repeat(40_000_000));
    const hang = bench.server.faults.inject({
      on: 'upload',
      fault: { kind: 'hang', at: { requestBytes: 1 } },
    });
    const id = location.upload(path, 'a.txt');
    await location.waitFor(inState(id, 'sending'));
    await truncate(path, 100);
    hang.release();
    const failed = await location.waitFor(inState(id, 'failed'));
    expect(failed.error).toEqual({ code: 'fileChanged' });
    expect(bench.namesOnServer()).toEqual([]);
  });

  it('goes on after a restart with what was there, and forgets nothing that was finished', async () => {
    const first = await bench.openHere();
    const done = first.upload(await bench.write('a.txt', 'a'), 'a.txt');
    await first.waitFor(inState(done, 'done'));
    first.transfers.queue.pause();
    const waiting = first.upload(await bench.write('b.txt', 'bb'), 'b.txt');
    await first.transfers.snapshot();
    await bench.close(first);

    const second = await bench.openHere();
    const { transfers, status } = await second.transfers.snapshot();
    expect(transfers.map(({ id, state }) => [id, state])).toEqual([
      [done, 'done'],
      [waiting, 'queued'],
    ]);
    expect(status.isPaused).toBe(true);
    second.transfers.queue.resume();
    await second.waitFor(inState(waiting, 'done'));
    expect(bench.namesOnServer()).toEqual(['a.txt', 'b.txt']);
  });

  it('stops what runs and keeps it, without sending anything twice', async () => {
    const first = await bench.openHere();
    bench.server.faults.inject({ on: 'upload', times: 1, fault: { kind: 'hang', at: 'applied' } });
    const id = first.upload(await bench.write('a.txt', 'a'), 'a.txt');
    await first.waitFor(inState(id, 'waitingForServer'));
    await bench.server.waitFor((request) => request.operation === 'upload' && request.isHeld);
    await bench.close(first);

    const second = await bench.openHere();
    const done = await second.waitFor(inState(id, 'done'));
    expect(done.confirmedBy).toBe('listing');
    expect(bench.namesOnServer()).toEqual(['a.txt']);
  });

  it('cancels in the middle of sending: the connection is closed and nothing is there', async () => {
    const location = await bench.openHere();
    bench.server.faults.inject({ on: 'upload', fault: { kind: 'hang', at: { requestBytes: 1000 } } });
    const id = location.upload(await bench.write('a.txt', 'x'.repeat(40_000_000)), 'a.txt');
    await location.waitFor(inState(id, 'sending'));
    location.transfers.queue.cancel([id]);
    await location.waitFor(inState(id, 'cancelled'));
    await location.whenAtRest();
    expect(bench.namesOnServer()).toEqual([]);
  });
});
