import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { WORKSPACE_QUOTA_BYTES } from '../../main/openrouter/capabilities.ts';
import { inState, setUpTransfers } from './transfers-bench.ts';

const bench = setUpTransfers();

describe('questions before an upload', () => {
  it('asks before it sends what is there already, and sends the rest', async () => {
    const location = await bench.openHere();
    const first = location.upload(await bench.write('a.txt'), 'a.txt');
    await location.waitFor(inState(first, 'done'));
    const same = location.upload(join(bench.folder, 'a.txt'), 'a.txt');
    const copy = location.upload(await bench.write('b.txt'), 'b.txt');
    const other = location.upload(await bench.write('c.txt', 'other'), 'c.txt');
    const asking = await location.waitFor(inState(same, 'asking'));
    expect(asking.question).toMatchObject({ kind: 'sameName' });
    const askingToo = await location.waitFor(inState(copy, 'asking'));
    expect(askingToo.question).toMatchObject({ kind: 'sameContent', name: 'a.txt' });
    await location.waitFor(inState(other, 'done'));
    location.transfers.queue.answer([same], 'skip');
    location.transfers.queue.answer([copy], 'upload');
    await location.waitFor(inState(same, 'skipped'));
    await location.waitFor(inState(copy, 'done'));
    expect(bench.namesOnServer().toSorted()).toEqual(['a.txt', 'b.txt', 'c.txt']);
  });

  it('asks about what would not fit', async () => {
    bench.server.files.add({ name: 'most of it', sizeBytes: WORKSPACE_QUOTA_BYTES - 20 });
    const location = await bench.openHere();
    const fits = location.upload(await bench.write('a.txt', 'small'), 'a.txt');
    const large = location.upload(await bench.write('b.txt', 'x'.repeat(100)), 'b.txt');
    const asking = await location.waitFor(inState(large, 'asking'));
    expect(asking.question).toMatchObject({ kind: 'overQuota' });
    await location.waitFor(inState(fits, 'done'));
  });

  it('asks at once about the part of a batch that would not fit', async () => {
    bench.server.files.add({ name: 'most of it', sizeBytes: WORKSPACE_QUOTA_BYTES - 150 });
    const location = await bench.openHere();
    location.transfers.queue.pause();
    const first = location.upload(await bench.write('a.txt', 'x'.repeat(100)), 'a.txt', 100);
    const second = location.upload(await bench.write('b.txt', 'y'.repeat(100)), 'b.txt', 100);
    const third = location.upload(await bench.write('c.txt', 'z'.repeat(50)), 'c.txt', 50);
    const asking = await location.waitFor(inState(second, 'asking'));
    expect(asking.question).toEqual({ kind: 'overQuota', freeBytes: 50 });
    location.transfers.queue.resume();
    await location.waitFor(inState(first, 'done'));
    await location.waitFor(inState(third, 'done'));
    location.transfers.queue.answer([second], 'upload');
    // The server has the last word, which is that there is no room.
    await location.waitFor(({ id, error }) => id === second && error?.code === 'uploadForbidden');
  });

  it('asks about each thing by itself: room that was granted does not answer for the name', async () => {
    bench.server.files.add({ name: 'most of it', sizeBytes: WORKSPACE_QUOTA_BYTES - 20 });
    bench.server.files.add({ name: 'a.txt', sizeBytes: 13 });
    const location = await bench.openHere();
    const id = location.upload(await bench.write('a.txt'), 'a.txt', 13);
    const first = await location.waitFor(inState(id, 'asking'));
    expect(first.question).toMatchObject({ kind: 'overQuota' });
    location.transfers.queue.answer([id], 'upload');
    const second = await location.waitFor((transfer) => transfer.question?.kind === 'sameName');
    expect(second.id).toBe(id);
    expect(bench.server.requests.all('upload')).toHaveLength(0);
  });

  it('asks before it sends a file again whose first upload is unknown', async () => {
    const location = await bench.openHere();
    bench.server.faults.inject({ on: 'upload', fault: { kind: 'reset', at: 'applied' } });
    const lists = bench.server.faults.inject({
      on: 'list',
      times: Number.POSITIVE_INFINITY,
      fault: { kind: 'html', status: 200 },
    });
    const path = await bench.write('a.txt');
    const first = location.upload(path, 'a.txt');
    await location.waitFor(inState(first, 'unknown'));
    lists.remove();
    const second = location.upload(path, 'a.txt');
    const asking = await location.waitFor(inState(second, 'asking'));
    expect(asking.question).toEqual({ kind: 'openUpload' });
    location.transfers.queue.answer([second], 'skip');
    location.transfers.queue.check([first]);
    await location.waitFor(inState(first, 'done'));
    expect(bench.namesOnServer()).toEqual(['a.txt']);
  });
});
