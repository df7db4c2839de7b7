import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TransferHold } from '#app/transfers/transfer.ts';
import { isTransferring } from '../../main/locations/unfinished-work.ts';
import { WORKSPACE_QUOTA_BYTES } from '../../main/openrouter/capabilities.ts';
import { createGeneratedContent } from '../server/content.ts';
import type { TestLocation } from './location.ts';
import { inState, setUpTransfers } from './transfers-bench.ts';

const bench = setUpTransfers();

/** Queues a file too large for others to be sent beside it at a concurrency of one: it is the first to be answered. */
async function uploadAlone(location: TestLocation, name: string): Promise<string> {
  const content = 'x'.repeat(300_000);
  return location.upload(await bench.write(name, content), name, content.length);
}

describe('what would meet every transfer', () => {
  it('waits as long as a 429 asks, with one message for all', async () => {
    const location = await bench.openHere({ speed: 1 });
    bench.server.faults.inject({
      on: 'upload',
      fault: { kind: 'status', status: 429, retryAfterSeconds: 2 },
    });
    const ids = [];
    for (const name of ['a.txt', 'b.txt', 'c.txt', 'd.txt'])
      ids.push(location.upload(await bench.write(name, name), name));
    // As the queue has them: what is told is on disk before, by when the hold may be over.
    let holds: readonly TransferHold[] = [];
    await expect
      .poll(() => {
        holds = location.transfers.queue.status().holds;
        return holds;
      })
      .toHaveLength(1);
    expect(holds[0]).toMatchObject({ scope: 'all', error: { code: 'rateLimited' } });
    const refused = bench.server.requests.all('upload').find(({ status }) => status === 429);
    expect(holds[0]?.resumesAt).toBeGreaterThanOrEqual((refused?.startedAt ?? Number.NaN) + 2000);
    await location.waitFor(({ error }) => error?.code === 'rateLimited');
    for (const id of ids) {
      const done = await location.waitFor(inState(id, 'done'));
      expect(done.attempts).toBe(1);
    }
    expect(location.transfers.queue.status().holds).toEqual([]);
  });

  it('stops an account’s transfers at a 401 and goes on at a person’s word', async () => {
    const location = await bench.openHere();
    const fault = bench.server.faults.inject({
      on: 'upload',
      times: Infinity,
      fault: { kind: 'status', status: 401 },
    });
    const ids = [];
    for (let number = 0; number < 20; number += 1) {
      ids.push(location.upload(await bench.write(`${number}.txt`, `${number}`), `${number}.txt`));
    }
    await location.whenAtRest();
    expect(location.transfers.queue.status().holds).toMatchObject([
      { scope: 'all', error: { code: 'unauthorized' }, resumesAt: null },
    ]);
    expect(bench.server.requests.all('upload').length).toBeLessThanOrEqual(8);
    expect(location.transfers.queue.list().map(({ state }) => state)).toEqual(ids.map(() => 'queued'));
    fault.remove();
    location.transfers.queue.resume();
    for (const id of ids) await location.waitFor(inState(id, 'done'));
  });

  it('pauses while offline and goes on by itself', async () => {
    const location = await bench.openHere({ speed: 20 });
    await bench.server.goOffline();
    const id = location.upload(await bench.write('a.txt'), 'a.txt');
    await location.waitFor(({ error }) => error?.code === 'offline');
    const { queue } = location.transfers;
    expect(queue.status().holds).toMatchObject([{ error: { code: 'offline' } }]);
    // It is unfinished, and yet the computer may sleep.
    expect([queue.isBusy(), isTransferring(queue)]).toEqual([true, false]);
    await bench.server.goOnline();
    const done = await location.waitFor(inState(id, 'done'));
    expect(done.attempts).toBe(1);
  });

  it('tries five times and then says why', async () => {
    const location = await bench.openHere({ speed: 200 });
    bench.server.faults.inject({
      on: 'upload',
      times: Infinity,
      fault: { kind: 'status', status: 503, at: 'headers' },
    });
    const id = location.upload(await bench.write('a.txt'), 'a.txt');
    const failed = await location.waitFor(inState(id, 'failed'));
    expect(failed).toMatchObject({ attempts: 5, error: { code: 'unavailable' } });
    expect(bench.server.requests.all('upload')).toHaveLength(5);
    expect(bench.namesOnServer()).toEqual([]);
  });

  it('does not burn the attempts of many files while the server fails for all', async () => {
    const location = await bench.openHere({ speed: 20, concurrency: 8 });
    const fault = bench.server.faults.inject({
      on: 'download',
      times: Number.POSITIVE_INFINITY,
      fault: { kind: 'status', status: 503 },
    });
    const files = Array.from({ length: 40 }, (_, number) =>
      bench.server.files.add({ name: `${number}.txt`, content: createGeneratedContent(100, number) }),
    );
    await location.index.refresh();
    location.transfers.queue.add(
      files.flatMap(({ id, name }) => {
        const file = location.index.find(id);
        return file
          ? [{ direction: 'save' as const, file, target: { path: join(bench.folder, name), replaces: null } }]
          : [];
      }),
    );
    await location.waitFor(({ error }) => error?.code === 'unavailable');
    await expect
      .poll(() => location.transfers.queue.status().holds)
      .toMatchObject([{ scope: 'all', error: { code: 'unavailable' } }]);
    fault.remove();
    await location.whenAtRest();
    expect(location.transfers.queue.list().map(({ state }) => state)).toEqual(files.map(() => 'done'));
  });

  it('lets one file that is refused with a 403 fail alone after a second try, and says nothing of a full workspace', async () => {
    const location = await bench.openHere({ speed: 20, concurrency: 1 });
    const { queue } = location.transfers;
    bench.server.faults.inject({
      on: 'upload',
      times: 2,
      fault: { kind: 'html', status: 403 },
    });
    const first = await uploadAlone(location, 'blocked.txt');
    const others = [];
    for (const name of ['a.txt', 'b.txt']) others.push(location.upload(await bench.write(name, name), name));
    await location.whenAtRest();
    expect(queue.status().holds).toEqual([
      {
        scope: 'uploads',
        error: { code: 'uploadForbidden', serverMessage: '', mayBeFull: false },
        resumesAt: null,
      },
    ]);
    queue.resume();
    await location.waitFor(inState(first, 'failed'));
    for (const id of others) await location.waitFor(inState(id, 'done'));
    expect(queue.status().holds).toEqual([]);

    // A person's retry of it stops nobody else.
    bench.server.faults.inject({ on: 'upload', fault: { kind: 'html', status: 403 } });
    queue.retry([first]);
    const last = location.upload(await bench.write('c.txt', 'c'), 'c.txt');
    await location.waitFor(inState(last, 'done'));
    expect(queue.status().holds).toEqual([]);
    expect(queue.list().find(({ id }) => id === first)?.state).toBe('failed');
  });

  it('goes on once the file is cancelled that was refused', async () => {
    const location = await bench.openHere({ speed: 20, concurrency: 1 });
    const { queue } = location.transfers;
    bench.server.faults.inject({ on: 'upload', fault: { kind: 'html', status: 403 } });
    const first = await uploadAlone(location, 'blocked.txt');
    const other = location.upload(await bench.write('a.txt', 'a'), 'a.txt');
    await location.whenAtRest();
    expect(queue.status().holds).toHaveLength(1);
    queue.cancel([first]);
    await location.waitFor(inState(other, 'done'));
    expect(queue.status().holds).toEqual([]);
  });

  it('says that the workspace may be full where the list shows that it nearly is', async () => {
    bench.server.files.add({ name: 'huge.bin', sizeBytes: Math.ceil(0.96 * WORKSPACE_QUOTA_BYTES) });
    const location = await bench.openHere();
    bench.server.faults.inject({ on: 'upload', fault: { kind: 'status', status: 403 } });
    location.upload(await bench.write('a.txt', 'a'), 'a.txt');
    await location.whenAtRest();
    expect(location.transfers.queue.status().holds).toMatchObject([
      { error: { code: 'uploadForbidden', mayBeFull: true } },
    ]);
  });
});
