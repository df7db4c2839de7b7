import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WORKSPACE_QUOTA_BYTES } from '#app/limits.ts';
import type { Transfer } from '#app/transfers/transfer.ts';
import { createGeneratedContent } from '../server/content.ts';
import { type LocalServer, startServer } from '../server/server.ts';
import { openTestLocation, type TestLocation, type TestLocationOptions } from './location.ts';

let server: LocalServer;
let folder: string;
let open: TestLocation[];

beforeEach(async () => {
  server = await startServer();
  folder = await mkdtemp(join(tmpdir(), 'files-for-openrouter-'));
  open = [];
});
afterEach(async () => {
  for (const location of open) await location.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

async function openHere(options: Partial<TestLocationOptions> = {}): Promise<TestLocation> {
  const location = await openTestLocation(server, { folder: join(folder, 'records'), speed: 50, ...options });
  open.push(location);
  await location.index.whenRead(new AbortController().signal);
  return location;
}

async function write(name: string, content = 'hello, world\n'): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

/** The states one transfer was in, by its journal. */
async function statesOf(id: string): Promise<Transfer['state'][]> {
  const journal = await readFile(join(folder, 'records', 'test.transfers.jsonl'), 'utf8');
  const records = journal
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line.slice(line.indexOf(' '))));
  return records.filter((record) => record.id === id).flatMap((record) => record.change?.state ?? []);
}

const inState = (id: string, state: Transfer['state']) => (transfer: Transfer) =>
  transfer.id === id && transfer.state === state;

const namesOnServer = () => server.files.all().map(({ name }) => name);

describe('the queue of transfers', () => {
  it('uploads a file once, and knows it', async () => {
    const location = await openHere();
    const id = location.upload(await write('a.txt'), 'a.txt');
    const done = await location.waitFor(inState(id, 'done'));
    expect(done).toMatchObject({ confirmedBy: 'answer', attempts: 1, error: null, transferredBytes: 13 });
    expect(namesOnServer()).toEqual(['a.txt']);
    expect(location.index.find(done.fileId ?? '')).toMatchObject({ name: 'a.txt', sizeBytes: 13 });
  });

  it('finds an upload whose answer was lost, and says how it knows', async () => {
    const location = await openHere();
    server.faults.inject({ on: 'upload', fault: { kind: 'reset', at: 'applied' } });
    const id = location.upload(await write('a.txt'), 'a.txt');
    const done = await location.waitFor(inState(id, 'done'));
    expect(done).toMatchObject({ confirmedBy: 'listing', attempts: 1, error: null });
    expect(await statesOf(id)).toEqual(['preparing', 'sending', 'waitingForServer', 'interrupted', 'done']);
    expect(namesOnServer()).toEqual(['a.txt']);
    expect(server.requests.all('upload')).toHaveLength(1);
  });

  it('looks three times for one that is not there before it sends it again', async () => {
    const location = await openHere();
    server.faults.inject({ on: 'upload', fault: { kind: 'reset', at: 'body' } });
    const before = server.requests.all('list').length;
    const id = location.upload(await write('a.txt'), 'a.txt');
    const done = await location.waitFor(inState(id, 'done'));
    expect(done).toMatchObject({ confirmedBy: 'answer', attempts: 2 });
    const looks = server.requests.all('list').slice(before);
    expect(looks).toHaveLength(3);
    expect(namesOnServer()).toEqual(['a.txt']);
  });

  it('looks once for one whose end never left', async () => {
    const location = await openHere();
    server.faults.inject({ on: 'upload', fault: { kind: 'reset', at: { requestBytes: 2_000_000 } } });
    const before = server.requests.all('list').length;
    const id = location.upload(await write('a.txt', 'x'.repeat(8_000_000)), 'a.txt');
    const done = await location.waitFor(inState(id, 'done'));
    expect(done).toMatchObject({ confirmedBy: 'answer', attempts: 2 });
    expect(server.requests.all('list').slice(before)).toHaveLength(1);
    expect(namesOnServer()).toEqual(['a.txt']);
  });

  it('never sends again what it cannot tell apart', async () => {
    const location = await openHere();
    server.faults.inject({ on: 'upload', fault: { kind: 'reset', at: 'applied' } });
    const look = server.faults.inject({ on: 'list', fault: { kind: 'hang', at: 'headers' } });
    const id = location.upload(await write('a.txt'), 'a.txt');
    // Another program stores a file of the same name and size meanwhile.
    await server.waitFor((request) => request.operation === 'list' && request.isHeld);
    server.files.add({ name: 'a.txt', sizeBytes: 13 });
    look.release();
    const unknown = await location.waitFor(inState(id, 'unknown'));
    expect(unknown.error).toEqual({ code: 'maybeUploaded', reason: 'severalMatches' });
    expect(server.requests.all('upload')).toHaveLength(1);
  });

  it('looks again for an unknown one, and takes its not being there for a failure', async () => {
    const location = await openHere();
    server.faults.inject({ on: 'upload', fault: { kind: 'reset', at: 'body' } });
    const lists = server.faults.inject({ on: 'list', times: Infinity, fault: { kind: 'html', status: 200 } });
    const id = location.upload(await write('a.txt'), 'a.txt');
    const unknown = await location.waitFor(inState(id, 'unknown'));
    expect(unknown.error).toEqual({ code: 'maybeUploaded', reason: 'lookFailed' });
    lists.remove();
    location.transfers.queue.check([id]);
    await location.waitFor(inState(id, 'failed'));
    expect(server.requests.all('upload')).toHaveLength(1);
    location.transfers.queue.retry([id]);
    await location.waitFor(inState(id, 'done'));
    expect(namesOnServer()).toEqual(['a.txt']);
  });

  it('waits as long as a 429 asks, with one message for all', async () => {
    const location = await openHere({ speed: 1 });
    server.faults.inject({ on: 'upload', fault: { kind: 'status', status: 429, retryAfterSeconds: 1 } });
    const ids = [];
    for (const name of ['a.txt', 'b.txt', 'c.txt', 'd.txt'])
      ids.push(location.upload(await write(name, name), name));
    await location.waitFor(({ error }) => error?.code === 'rateLimited');
    const { holds } = location.transfers.queue.status();
    expect(holds).toHaveLength(1);
    expect(holds[0]).toMatchObject({ scope: 'all', error: { code: 'rateLimited' } });
    expect(holds[0]?.resumesAt).toBeGreaterThan(Date.now());
    for (const id of ids) {
      const done = await location.waitFor(inState(id, 'done'));
      expect(done.attempts).toBe(1);
    }
    expect(location.transfers.queue.status().holds).toEqual([]);
  });

  it('stops an account’s transfers at a 401 and goes on at a person’s word', async () => {
    const location = await openHere();
    const fault = server.faults.inject({
      on: 'upload',
      times: Infinity,
      fault: { kind: 'status', status: 401 },
    });
    const ids = [];
    for (let number = 0; number < 20; number += 1) {
      ids.push(location.upload(await write(`${number}.txt`, `${number}`), `${number}.txt`));
    }
    await location.whenAtRest();
    expect(location.transfers.queue.status().holds).toMatchObject([
      { scope: 'all', error: { code: 'unauthorized' }, resumesAt: null },
    ]);
    expect(server.requests.all('upload').length).toBeLessThanOrEqual(3);
    expect(location.transfers.queue.list().map(({ state }) => state)).toEqual(ids.map(() => 'queued'));
    fault.remove();
    location.transfers.queue.resume();
    for (const id of ids) await location.waitFor(inState(id, 'done'));
  });

  it('pauses while offline and goes on by itself', async () => {
    const location = await openHere({ speed: 20 });
    await server.goOffline();
    const id = location.upload(await write('a.txt'), 'a.txt');
    await location.waitFor(({ error }) => error?.code === 'offline');
    expect(location.transfers.queue.status().holds).toMatchObject([{ error: { code: 'offline' } }]);
    await server.goOnline();
    const done = await location.waitFor(inState(id, 'done'));
    expect(done.attempts).toBe(1);
  });

  it('tries five times and then says why', async () => {
    const location = await openHere({ speed: 200 });
    server.faults.inject({
      on: 'upload',
      times: Infinity,
      fault: { kind: 'status', status: 503, at: 'headers' },
    });
    const id = location.upload(await write('a.txt'), 'a.txt');
    const failed = await location.waitFor(inState(id, 'failed'));
    expect(failed).toMatchObject({ attempts: 5, error: { code: 'unavailable' } });
    expect(server.requests.all('upload')).toHaveLength(5);
    expect(namesOnServer()).toEqual([]);
  });

  it('asks before it sends what is there already, and sends the rest', async () => {
    const location = await openHere();
    const first = location.upload(await write('a.txt'), 'a.txt');
    await location.waitFor(inState(first, 'done'));
    const same = location.upload(join(folder, 'a.txt'), 'a.txt');
    const copy = location.upload(await write('b.txt'), 'b.txt');
    const other = location.upload(await write('c.txt', 'other'), 'c.txt');
    const asking = await location.waitFor(inState(same, 'asking'));
    expect(asking.question).toMatchObject({ kind: 'sameName' });
    const askingToo = await location.waitFor(inState(copy, 'asking'));
    expect(askingToo.question).toMatchObject({ kind: 'sameContent', name: 'a.txt' });
    await location.waitFor(inState(other, 'done'));
    location.transfers.queue.answer([same], 'skip');
    location.transfers.queue.answer([copy], 'upload');
    await location.waitFor(inState(same, 'skipped'));
    await location.waitFor(inState(copy, 'done'));
    expect(namesOnServer().sort()).toEqual(['a.txt', 'b.txt', 'c.txt']);
  });

  it('asks about what would not fit', async () => {
    server.files.add({ name: 'most of it', sizeBytes: WORKSPACE_QUOTA_BYTES - 20 });
    const location = await openHere();
    const fits = location.upload(await write('a.txt', 'small'), 'a.txt');
    const large = location.upload(await write('b.txt', 'x'.repeat(100)), 'b.txt');
    const asking = await location.waitFor(inState(large, 'asking'));
    expect(asking.question).toMatchObject({ kind: 'overQuota' });
    await location.waitFor(inState(fits, 'done'));
  });

  it('asks at once about the part of a batch that would not fit', async () => {
    server.files.add({ name: 'most of it', sizeBytes: WORKSPACE_QUOTA_BYTES - 150 });
    const location = await openHere();
    location.transfers.queue.pause();
    const first = location.upload(await write('a.txt', 'x'.repeat(100)), 'a.txt', 100);
    const second = location.upload(await write('b.txt', 'y'.repeat(100)), 'b.txt', 100);
    const third = location.upload(await write('c.txt', 'z'.repeat(50)), 'c.txt', 50);
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
    server.files.add({ name: 'most of it', sizeBytes: WORKSPACE_QUOTA_BYTES - 20 });
    server.files.add({ name: 'a.txt', sizeBytes: 13 });
    const location = await openHere();
    const id = location.upload(await write('a.txt'), 'a.txt', 13);
    const first = await location.waitFor(inState(id, 'asking'));
    expect(first.question).toMatchObject({ kind: 'overQuota' });
    location.transfers.queue.answer([id], 'upload');
    const second = await location.waitFor((transfer) => transfer.question?.kind === 'sameName');
    expect(second.id).toBe(id);
    expect(server.requests.all('upload')).toHaveLength(0);
  });

  it('takes no file for absent while a row of the listing cannot be read', async () => {
    const location = await openHere();
    server.faults.inject({ on: 'upload', fault: { kind: 'reset', at: 'applied' } });
    server.faults.inject({
      on: 'list',
      times: Number.POSITIVE_INFINITY,
      fault: { kind: 'changedRow', row: 0, set: { mime_type: null } },
    });
    const id = location.upload(await write('a.txt'), 'a.txt');
    const unknown = await location.waitFor(inState(id, 'unknown'));
    expect(unknown.error).toEqual({ code: 'maybeUploaded', reason: 'lookFailed' });
    expect(server.requests.all('upload')).toHaveLength(1);
  });

  it('asks before it sends a file again whose first upload is unknown', async () => {
    const location = await openHere();
    server.faults.inject({ on: 'upload', fault: { kind: 'reset', at: 'applied' } });
    const lists = server.faults.inject({
      on: 'list',
      times: Number.POSITIVE_INFINITY,
      fault: { kind: 'html', status: 200 },
    });
    const path = await write('a.txt');
    const first = location.upload(path, 'a.txt');
    await location.waitFor(inState(first, 'unknown'));
    lists.remove();
    const second = location.upload(path, 'a.txt');
    const asking = await location.waitFor(inState(second, 'asking'));
    expect(asking.question).toEqual({ kind: 'openUpload' });
    location.transfers.queue.answer([second], 'skip');
    location.transfers.queue.check([first]);
    await location.waitFor(inState(first, 'done'));
    expect(namesOnServer()).toEqual(['a.txt']);
  });

  it('opens with an upload whose mark was lost, and sends it only at a person’s word', async () => {
    const before = await openHere();
    server.faults.inject({ on: 'upload', fault: { kind: 'hang', at: 'applied' } });
    const id = before.upload(await write('a.txt'), 'a.txt');
    await before.waitFor(inState(id, 'waitingForServer'));
    await server.waitFor((request) => request.operation === 'upload' && request.isHeld);
    const journal = join(folder, 'records', 'test.transfers.jsonl');
    const records = await readFile(journal, 'utf8');
    await before.close();
    open.splice(0);
    const damaged = records.replace(/^.*"sent":\{.*$/m, 'damaged');
    expect(damaged).not.toBe(records);
    await writeFile(journal, damaged);

    const after = await openHere();
    const { transfers, status } = await after.transfers.snapshot();
    expect(status.hasLostRecords).toBe(true);
    expect(transfers).toMatchObject([{ id, state: 'unknown' }]);
    after.transfers.queue.check([id]);
    // Without the mark nobody knows whether the file there is this upload's.
    const unknown = await after.waitFor((transfer) => transfer.error?.code === 'maybeUploaded');
    expect(unknown.id).toBe(id);
    await after.whenAtRest();
    expect(server.requests.all('upload')).toHaveLength(1);
  });

  it('does not burn the attempts of many files while the server fails for all', async () => {
    const location = await openHere({ speed: 20, concurrency: 8 });
    const fault = server.faults.inject({
      on: 'download',
      times: Number.POSITIVE_INFINITY,
      fault: { kind: 'status', status: 503 },
    });
    const files = Array.from({ length: 40 }, (_, number) =>
      server.files.add({ name: `${number}.txt`, content: createGeneratedContent(100, number) }),
    );
    await location.index.refresh();
    location.transfers.queue.add(
      files.flatMap(({ id, name }) => {
        const file = location.index.find(id);
        return file
          ? [{ direction: 'save' as const, file, target: { path: join(folder, name), replaces: null } }]
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

  it('never has two uploads of one name under way', async () => {
    const location = await openHere();
    const hang = server.faults.inject({ on: 'upload', fault: { kind: 'hang', at: 'body' } });
    const first = location.upload(await write('a.txt'), 'x.txt');
    await location.waitFor(inState(first, 'waitingForServer'));
    const second = location.upload(await write('b.txt'), 'x.txt');
    const third = location.upload(await write('c.txt', 'c'), 'c.txt');
    await location.waitFor(inState(third, 'done'));
    expect(await statesOf(second)).toEqual([]);
    hang.release();
    await location.waitFor(inState(first, 'done'));
    // The second is the same name and size by now, which is for a person to decide.
    await location.waitFor(inState(second, 'asking'));
  });

  it('does not call a file done that was cut while it was sent', async () => {
    const location = await openHere();
    // More than the connection's buffers hold.
    const path = await write('a.txt', 'x'.repeat(40_000_000));
    const hang = server.faults.inject({ on: 'upload', fault: { kind: 'hang', at: { requestBytes: 1 } } });
    const id = location.upload(path, 'a.txt');
    await location.waitFor(inState(id, 'sending'));
    await truncate(path, 100);
    hang.release();
    const failed = await location.waitFor(inState(id, 'failed'));
    expect(failed.error).toEqual({ code: 'fileChanged' });
    expect(namesOnServer()).toEqual([]);
  });

  it('goes on after a restart with what was there, and forgets nothing that was finished', async () => {
    const first = await openHere();
    const done = first.upload(await write('a.txt', 'a'), 'a.txt');
    await first.waitFor(inState(done, 'done'));
    first.transfers.queue.pause();
    const waiting = first.upload(await write('b.txt', 'bb'), 'b.txt');
    await first.transfers.snapshot();
    await first.close();
    open.splice(0);

    const second = await openHere();
    const { transfers, status } = await second.transfers.snapshot();
    expect(transfers.map(({ id, state }) => [id, state])).toEqual([
      [done, 'done'],
      [waiting, 'queued'],
    ]);
    expect(status.isPaused).toBe(true);
    second.transfers.queue.resume();
    await second.waitFor(inState(waiting, 'done'));
    expect(namesOnServer()).toEqual(['a.txt', 'b.txt']);
  });

  it('stops what runs and keeps it, without sending anything twice', async () => {
    const first = await openHere();
    server.faults.inject({ on: 'upload', times: 1, fault: { kind: 'hang', at: 'applied' } });
    const id = first.upload(await write('a.txt', 'a'), 'a.txt');
    await first.waitFor(inState(id, 'waitingForServer'));
    await server.waitFor((request) => request.operation === 'upload' && request.isHeld);
    await first.close();
    open.splice(0);

    const second = await openHere();
    const done = await second.waitFor(inState(id, 'done'));
    expect(done.confirmedBy).toBe('listing');
    expect(namesOnServer()).toEqual(['a.txt']);
  });

  it('cancels in the middle of sending: the connection is closed and nothing is there', async () => {
    const location = await openHere();
    server.faults.inject({ on: 'upload', fault: { kind: 'hang', at: { requestBytes: 1000 } } });
    const id = location.upload(await write('a.txt', 'x'.repeat(40_000_000)), 'a.txt');
    await location.waitFor(inState(id, 'sending'));
    location.transfers.queue.cancel([id]);
    await location.waitFor(inState(id, 'cancelled'));
    await location.whenAtRest();
    expect(namesOnServer()).toEqual([]);
  });

  it('looks for one that is cancelled when all of it had been sent', async () => {
    const location = await openHere();
    server.faults.inject({ on: 'upload', fault: { kind: 'hang', at: 'applied' } });
    const id = location.upload(await write('a.txt'), 'a.txt');
    await location.waitFor(inState(id, 'waitingForServer'));
    await server.waitFor((request) => request.operation === 'upload' && request.isHeld);
    location.transfers.queue.cancel([id]);
    const done = await location.waitFor(inState(id, 'done'));
    expect(done.confirmedBy).toBe('listing');
  });
});
