import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createGeneratedContent } from '../server/content.ts';
import type { Fault } from '../server/faults.ts';
import { never } from './client-bench.ts';
import { inState, setUpTransfers } from './transfers-bench.ts';

const bench = setUpTransfers();

/** Statuses of proxies, CDNs and busy servers that say nothing against the next try. */
const STATUSES = [
  408, 409, 425, 499, 500, 502, 503, 504, 507, 520, 521, 522, 523, 524, 525, 526, 527, 529, 530, 599,
];
const SPEED = 500;
/** A clock that runs far ahead of the server's makes what it stored seem older than the attempt. */
const CAREFUL_SPEED = 20;

const faultOf = (status: number, at: 'body' | 'applied' = 'body'): Fault =>
  status >= 520 && status < 529 ? { kind: 'html', status, at } : { kind: 'status', status, at };

describe('a status that may pass', () => {
  it('does not end an upload: it is looked for in the list, then sent again', async () => {
    const location = await bench.openHere({ speed: SPEED });
    for (const status of STATUSES) {
      const name = `${status}.txt`;
      bench.server.faults.inject({ on: 'upload', fault: faultOf(status) });
      const seen = bench.server.requests.all().length;
      const id = location.upload(await bench.write(name, name), name);
      await location.waitFor(({ id: of, state }) => of === id && /done|failed|unknown/.test(state));
      const asked = bench.server.requests.all().slice(seen);
      const [first, ...others] = asked.map(({ operation }) => operation);
      expect([status, first, others.at(0), others.at(-1)]).toEqual([status, 'upload', 'list', 'upload']);
      expect([status, asked.filter(({ operation }) => operation === 'upload').length]).toEqual([status, 2]);
    }
    expect([...bench.namesOnServer()].sort()).toEqual(STATUSES.map((status) => `${status}.txt`));
  });

  it('does not send an upload twice that the server holds all the same', async () => {
    const location = await bench.openHere({ speed: CAREFUL_SPEED });
    for (const status of STATUSES) {
      const name = `${status}.txt`;
      bench.server.faults.inject({ on: 'upload', fault: faultOf(status, 'applied') });
      const done = await location.waitFor(
        inState(location.upload(await bench.write(name, name), name), 'done'),
      );
      expect([status, done.confirmedBy]).toEqual([status, 'listing']);
    }
    expect(bench.server.requests.all('upload')).toHaveLength(STATUSES.length);
  });

  it('does not end a download', async () => {
    const location = await bench.openHere({ speed: SPEED });
    for (const status of STATUSES) {
      const name = `${status}.bin`;
      const { id: fileId } = bench.server.files.add({ name, content: createGeneratedContent(100, status) });
      const file = await location.client.readFile(fileId, never);
      bench.server.faults.inject({ on: 'download', fault: faultOf(status) });
      const target = { path: join(bench.folder, name), replaces: null };
      location.transfers.queue.add([{ direction: 'save', file, target }]);
      await location.waitFor(({ name: of, state }) => of === name && /done|failed/.test(state));
    }
    expect(location.transfers.queue.list().map(({ state }) => state)).toEqual(STATUSES.map(() => 'done'));
  });

  it('is waited out as long as Retry-After asks, the look for an upload included', async () => {
    const location = await bench.openHere({ speed: SPEED });
    for (const status of [503, 529, 530]) {
      bench.server.faults.inject({ on: 'upload', fault: { kind: 'status', status, retryAfterSeconds: 300 } });
      const name = `${status}.txt`;
      const id = location.upload(await bench.write(name, name), name);
      await location.waitFor(inState(id, 'done'));
      const [first, again] = bench.server.requests.all('upload').slice(-2);
      const waitedMs = ((again?.startedAt ?? 0) - (first?.startedAt ?? 0)) * SPEED;
      expect([status, waitedMs >= 300_000]).toEqual([status, true]);
    }
  });
});

describe('a status that says no', () => {
  it('is told in the server’s words, also when the list cannot be read', async () => {
    const location = await bench.openHere({ speed: SPEED });
    bench.server.faults.inject({ on: 'list', times: Number.POSITIVE_INFINITY, fault: { kind: 'html' } });
    for (const status of [405, 406, 415, 418, 422, 431, 451]) {
      const name = `${status}.txt`;
      const body = '{"detail":"No file of that kind"}';
      bench.server.faults.inject({ on: 'upload', fault: { kind: 'answer', status, body } });
      const id = location.upload(await bench.write(name, name), name);
      const failed = await location.waitFor(
        ({ id: of, state }) => of === id && /done|failed|unknown/.test(state),
      );
      expect([status, failed.state, failed.error]).toEqual([
        status,
        'failed',
        expect.objectContaining({ serverMessage: 'No file of that kind' }),
      ]);
    }
  });
});
