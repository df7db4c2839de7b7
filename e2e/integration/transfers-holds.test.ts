import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TransferHold } from '#app/transfers/transfer.ts';
import { createGeneratedContent } from '../server/content.ts';
import { inState, setUpTransfers } from './transfers-bench.ts';

const bench = setUpTransfers();

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
    expect(bench.server.requests.all('upload').length).toBeLessThanOrEqual(3);
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
    expect(location.transfers.queue.status().holds).toMatchObject([{ error: { code: 'offline' } }]);
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
});
