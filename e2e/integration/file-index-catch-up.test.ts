import { describe, expect, it } from 'vitest';
import type { Fault } from '../server/faults.ts';
import { setUpIndex } from './index-bench.ts';
import { createTestClient } from './location.ts';

const bench = setUpIndex();
const OVERLOADED = { fault: { kind: 'status', status: 503, retryAfterSeconds: 0 } } as const;

describe('catching up', () => {
  it('asks for what is behind the last file only, and knows its own uploads', async () => {
    bench.server.seed(2500);
    await bench.index.refresh();
    const own = bench.server.files.add({ name: 'own.txt' });
    bench.server.files.addAll([{ name: 'other 1' }, { name: 'other 2' }]);
    bench.index.put({
      id: own.id,
      name: own.name,
      mimeType: own.mimeType,
      sizeBytes: own.sizeBytes,
      createdAt: Math.floor(own.createdAt / 1000) * 1000,
      isSaveable: own.downloadable,
    });
    const before = bench.server.requests.all('list').length;
    await bench.index.catchUp();
    expect(bench.index.status()).toMatchObject({ phase: 'complete', knownFiles: 2503 });
    expect(bench.server.requests.all('list')).toHaveLength(before + 1);
    await bench.index.catchUp();
    expect(bench.index.status().knownFiles).toBe(2503);
    expect(bench.server.requests.all('list')).toHaveLength(before + 2);
  });

  it('says nothing when nothing is new', async () => {
    bench.server.seed(5);
    await bench.index.refresh();
    const before = bench.changes.length;
    await bench.index.catchUp();
    expect(bench.changes).toHaveLength(before);
  });

  it('goes on behind a last file that has been deleted', async () => {
    const seeded = bench.server.seed(5);
    await bench.index.refresh();
    bench.server.files.delete(seeded[4]?.id ?? '');
    bench.index.remove([seeded[4]?.id ?? '']);
    bench.server.files.add({ name: 'new' });
    await bench.index.catchUp();
    expect(bench.index.status()).toMatchObject({ phase: 'complete', knownFiles: 5 });
  });

  const UNTOLD = '{"data":[],"has_more":true,"cursor":null}';

  it.each<[string, Fault]>([
    ['400', { kind: 'status', status: 400 }],
    ['404', { kind: 'status', status: 404 }],
    ['404 and a web page', { kind: 'html', status: 404 }],
    ['410', { kind: 'status', status: 410 }],
    ['200 and an error', { kind: 'answer', status: 200, body: '{"error":{"message":"Unknown file"}}' }],
    ['no rows, though there are more', { kind: 'answer', status: 200, body: UNTOLD }],
    ['nothing that is a page', { kind: 'answer', status: 200, body: '{}' }],
  ])('reads all of it when the server answers %s behind a last file that is gone', async (_name, fault) => {
    const seeded = bench.server.seed(5);
    await bench.index.refresh();
    bench.server.files.delete(seeded[4]?.id ?? '');
    bench.server.files.add({ name: 'new' });
    bench.server.faults.inject({
      on: 'list',
      times: Number.POSITIVE_INFINITY,
      matching: ({ query }) => query['after'] !== undefined,
      fault,
    });
    await bench.index.catchUp();
    expect(bench.index.status()).toMatchObject({ phase: 'complete', knownFiles: 5, error: null });
    expect(await bench.names()).toContain('new');
  });

  it('reads all of it when the server lists nothing behind a last file that is gone', async () => {
    const seeded = bench.server.seed(5);
    await bench.index.refresh();
    const last = seeded[4]?.id ?? '';
    bench.server.files.delete(last);
    bench.server.files.add({ name: 'new' });
    bench.server.faults.inject({
      on: 'list',
      times: Number.POSITIVE_INFINITY,
      matching: ({ query }) => query['after'] === last,
      fault: { kind: 'answer', status: 200, body: '{"data":[],"has_more":false}' },
    });
    await bench.index.catchUp();
    expect(bench.index.status()).toMatchObject({ phase: 'complete', knownFiles: 5, error: null });
    expect(await bench.names()).toContain('new');
    // Behind a file that is there it is taken at its word.
    const before = bench.server.requests.all('list').length;
    await bench.index.catchUp();
    expect(bench.server.requests.all('list')).toHaveLength(before + 1);
  });

  it('keeps the list whole when the server cannot be asked for the last file', async () => {
    bench.server.seed(5);
    await bench.index.refresh();
    bench.server.faults.inject({ on: 'retrieve', fault: { kind: 'status', status: 500 } });
    await bench.index.catchUp();
    expect(bench.index.status()).toMatchObject({ phase: 'complete', knownFiles: 5, error: null });
    expect(bench.server.requests.all('list')).toHaveLength(2);
  });

  it('reads all of it when a file that was listed comes again', async () => {
    const seeded = bench.server.seed(5);
    await bench.index.refresh();
    const client = createTestClient(bench.server);
    let isStrange = false;
    await bench.open({
      listFiles: (from, signal) => client.listFiles(isStrange && from?.by === 'after' ? null : from, signal),
    });
    await bench.index.refresh();
    isStrange = true;
    bench.server.files.delete(seeded[0]?.id ?? '');
    await bench.index.catchUp();
    expect(bench.index.status()).toMatchObject({ phase: 'complete', knownFiles: 4 });
  });

  it('asks again when it fails for a moment, and says nothing of it', async () => {
    bench.server.seed(5);
    await bench.index.refresh();
    bench.server.files.add({ name: 'new' });
    bench.server.faults.inject({ on: 'list', ...OVERLOADED, times: 3 });
    const before = bench.changes.length;
    await bench.index.catchUp();
    expect(bench.index.status().knownFiles).toBe(6);
    expect(new Set(bench.changes.slice(before).map(({ phase }) => phase))).toEqual(new Set(['complete']));
  });

  it('keeps all that is known when it fails, and catches up at the next try', async () => {
    bench.server.seed(5);
    await bench.index.refresh();
    bench.server.faults.inject({ on: 'list', ...OVERLOADED, times: 4 });
    await bench.index.catchUp();
    expect(bench.index.status()).toMatchObject({
      phase: 'failed',
      knownFiles: 5,
      error: { code: 'unavailable' },
    });
    bench.server.files.add({ name: 'new' });
    await bench.index.catchUp();
    expect(bench.index.status()).toMatchObject({ phase: 'complete', knownFiles: 6, error: null });
    expect(bench.server.requests.last('list')?.query).toHaveProperty('after');
  });

  it('reads all of it after a reading that failed, whose failure is told until the server answers', async () => {
    const [first] = bench.server.seed(5);
    await bench.index.refresh();
    bench.server.faults.inject({ on: 'list', ...OVERLOADED });
    await bench.index.refresh();
    bench.server.files.delete(first?.id ?? '');
    const held = bench.server.faults.inject({ on: 'list', fault: { kind: 'hang', at: 'headers' } });
    const catchingUp = bench.index.catchUp();
    await bench.server.waitFor(({ isHeld }) => isHeld);
    expect(bench.index.status()).toMatchObject({ phase: 'failed', error: { code: 'unavailable' } });
    held.release();
    await catchingUp;
    expect(bench.index.status()).toMatchObject({ phase: 'complete', knownFiles: 4, error: null });
  });

  it('counts a row that cannot be read once, however often the listing gives it', async () => {
    const [first, second] = bench.server.seed(2);
    const toRow = (id = '') => ({
      id,
      filename: 'a.txt',
      mime_type: 'text/plain',
      size_bytes: 1,
      created_at: '2026-01-01T00:00:00Z',
      downloadable: false,
    });
    const answer = (data: readonly unknown[], isCatchUp: boolean) =>
      bench.server.faults.inject({
        on: 'list',
        times: Number.POSITIVE_INFINITY,
        matching: ({ query }) => (query['after'] !== undefined) === isCatchUp,
        // No `last_id`: the place is behind the last row that can be read.
        fault: { kind: 'answer', status: 200, body: JSON.stringify({ data, has_more: false }) },
      });
    answer([{}, toRow(first?.id), {}], false);
    const isAdded = answer([{}], true);
    await bench.index.refresh();
    for (let time = 0; time < 3; time += 1) await bench.index.catchUp();
    expect(bench.index.status()).toMatchObject({ knownFiles: 1, unreadableRows: 2 });
    isAdded.remove();
    answer([{}, toRow(second?.id), {}, {}], true);
    await bench.index.catchUp();
    expect(bench.index.status()).toMatchObject({ knownFiles: 2, unreadableRows: 4 });
  });
});
