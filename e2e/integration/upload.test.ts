import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAX_FILE_SIZE_BYTES } from '#app/limits.ts';
import type { Transfer } from '#app/transfers/transfer.ts';
import { createUploadJob } from '../../main/transfers/upload-job.ts';
import { type LocalServer, startServer } from '../server/server.ts';
import { createTestLocation, type TestLocation } from './location.ts';
import { keepTemporaryFolders } from './temporary-folder.ts';

const makeFolder = keepTemporaryFolders();
let server: LocalServer;
let location: TestLocation;
let folder: string;

beforeEach(async () => {
  server = await startServer();
  location = createTestLocation(server);
  folder = await makeFolder();
});

afterEach(async () => {
  await location.queue.close();
  await server.close();
});

async function jobFor(name: string, bytes: Uint8Array | string) {
  const path = join(folder, 'source');
  await writeFile(path, bytes);
  return createJob(name, path);
}

function createJob(name: string, path: string) {
  return createUploadJob(
    { path, name, sizeBytes: 0 },
    { uploadFile: location.client.uploadFile, onUploaded: location.onUploaded },
  );
}

const text = (sizeBytes: number) => Buffer.alloc(sizeBytes, 'The quick brown fox.\n');

describe('an upload', () => {
  it.each([1, 262_143, 262_144, 262_145, 524_288, 5_000_000])(
    'of %i bytes arrives whole',
    async (sizeBytes) => {
      const bytes = text(sizeBytes);
      const done = await location.run(await jobFor('notes.txt', bytes), 'done');
      const stored = server.files.get(done.fileId ?? '');
      expect(stored?.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
      expect(stored?.sizeBytes).toBe(sizeBytes);
      expect(done.transferredBytes).toBe(sizeBytes);
      expect(location.uploaded.map((file) => file.id)).toEqual([done.fileId]);
    },
  );

  it('goes through its states in order, and its progress never falls', async () => {
    const done = await location.run(await jobFor('notes.txt', text(2_000_000)), 'done');
    const states = location.changes
      .map((change) => change.state)
      .filter((state, i, all) => state !== all[i - 1]);
    expect(states).toEqual(['queued', 'preparing', 'sending', 'waitingForServer', 'verifying', 'done']);
    const progress = location.changes.map((change) => change.transferredBytes);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(done.sizeBytes).toBe(2_000_000);
  });

  it('has an exact Content-Length', async () => {
    await location.run(await jobFor('notes.txt', text(1000)), 'done');
    const request = server.requests.last('upload');
    expect(Number(request?.headers['content-length'])).toBe(request?.bytesReceived);
  });

  it.each([
    'naïve café.txt',
    '😀 emoji.txt',
    'مرحبا.txt',
    `${'x'.repeat(251)}.txt`,
    'a/b/c.txt',
    "it's.txt",
    '100%.txt',
  ])('keeps the name %s', async (name) => {
    const done = await location.run(await jobFor(name, 'hello'), 'done');
    expect(server.files.get(done.fileId ?? '')?.name).toBe(name);
  });

  it.each([
    ['a:b.txt', 'forbiddenCharacter', 'a_b.txt'],
    ['a/../b.txt', 'dotSegment', 'a/b.txt'],
    ['a\nb.txt', 'forbiddenCharacter', 'a_b.txt'],
    [`${'x'.repeat(260)}.txt`, 'tooLong', `${'x'.repeat(251)}.txt`],
  ])('under the name %j is refused before anything is sent', async (name, problem, suggestedName) => {
    const failed = await location.run(await jobFor(name, 'hello'), 'failed');
    expect(failed.error).toEqual({ code: 'invalidName', problem, suggestedName });
    expect(server.requests.all()).toEqual([]);
  });

  it('of an empty file is refused before anything is sent', async () => {
    const failed = await location.run(await jobFor('empty.txt', ''), 'failed');
    expect(failed.error).toEqual({ code: 'fileEmpty' });
    expect(server.requests.all()).toEqual([]);
  });

  it('of a file over 100 MiB is refused before anything is sent, and of exactly 100 MiB is not', async () => {
    const path = join(folder, 'large');
    await writeFile(path, 'x');
    await truncate(path, MAX_FILE_SIZE_BYTES + 1);
    const failed = await location.run(createJob('large.txt', path), 'failed');
    expect(failed.error).toEqual({ code: 'fileTooLarge', sizeBytes: MAX_FILE_SIZE_BYTES + 1 });
    expect(server.requests.all()).toEqual([]);
    await writeFile(path, text(MAX_FILE_SIZE_BYTES));
    const done = await location.run(createJob('large.txt', path), 'done');
    expect(server.files.get(done.fileId ?? '')?.sizeBytes).toBe(MAX_FILE_SIZE_BYTES);
  });

  it('of a file that is gone says so', async () => {
    const failed = await location.run(createJob('gone.txt', join(folder, 'gone')), 'failed');
    expect(failed.error).toEqual({ code: 'fileMissing' });
  });

  it.skipIf(process.getuid?.() === 0)('of a file that may not be read says so', async () => {
    const path = join(folder, 'secret');
    await writeFile(path, 'x');
    await chmod(path, 0o000);
    const failed = await location.run(createJob('secret.txt', path), 'failed');
    expect(failed.error).toEqual({ code: 'fileUnreadable' });
  });

  it.skipIf(process.platform === 'win32')('of a FIFO in the place of a file fails at once', async () => {
    const path = join(folder, 'fifo');
    execFileSync('mkfifo', [path]);
    const failed = await location.run(createJob('fifo.txt', path), 'failed');
    expect(failed.error).toEqual({ code: 'fileUnreadable' });
  });

  it('of a type that the server does not take shows its words', async () => {
    const zip = Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(200)]);
    const failed = await location.run(await jobFor('a.pdf', zip), 'failed');
    expect(failed.error).toMatchObject({ code: 'invalidFile' });
    if (failed.error?.code === 'invalidFile') expect(failed.error.serverMessage).toContain('type');
  });

  it('of a file that shrinks meanwhile fails and leaves nothing on the server', async () => {
    const job = await jobFor('notes.txt', text(20_000_000));
    server.settings.bytesPerSecond.request = 4_000_000;
    const failed = location.run(job, 'failed');
    await server.waitFor((request) => request.operation === 'upload' && request.bytesReceived > 500_000);
    await truncate(job.path, 1000);
    server.settings.bytesPerSecond.request = Number.POSITIVE_INFINITY;
    expect((await failed).error).toEqual({ code: 'fileChanged' });
    expect(server.files.size).toBe(0);
  });

  it('of a file that is written to meanwhile is no success, although the server has confirmed it', async () => {
    const job = await jobFor('notes.txt', text(4_000_000));
    const held = server.faults.inject({ on: 'upload', fault: { kind: 'hang', at: 'applied' } });
    const failed = location.run(job, 'failed');
    await server.waitFor((request) => request.isHeld);
    await writeFile(job.path, text(3_999_999));
    held.release();
    expect((await failed).error).toEqual({ code: 'storedMixture' });
    expect(location.uploaded).toHaveLength(1);
  });
});

describe('a broken upload', () => {
  it.each([
    ['before its body', { at: 'headers' as const }],
    ['after one byte', { at: { requestBytes: 1 } }],
    ['in the middle', { at: { requestBytes: 10_000_000 } }],
  ])('fails when the connection is torn %s, and a retry succeeds', async (_name, { at }) => {
    server.faults.inject({ on: 'upload', fault: { kind: 'reset', at } });
    const failed = await location.run(await jobFor('notes.txt', text(20_000_000)), 'failed');
    expect(failed.error).toEqual({ code: 'connectionLost' });
    expect(server.files.size).toBe(0);
    location.queue.retry([failed.id]);
    await location.waitFor((transfer) => transfer.id === failed.id && transfer.state === 'done');
    expect(server.files.size).toBe(1);
  });

  it.each([
    ['torn', { kind: 'reset', at: 'applied' }],
    ['cut', { kind: 'malformedJson' }],
    ['empty', { kind: 'emptyBody' }],
  ] as const)('whose answer is %s is interrupted: the server may hold it', async (_name, fault) => {
    server.faults.inject({ on: 'upload', fault });
    const interrupted = await location.run(await jobFor('notes.txt', text(1000)), 'interrupted');
    expect(interrupted.error).toEqual({ code: 'maybeUploaded' });
    expect(server.requests.all('upload')).toHaveLength(1);
  });

  it.each([401, 403, 413, 429, 500, 502, 503])(
    'shows an early %i while the body is still being sent',
    async (status) => {
      server.faults.inject({ on: 'upload', fault: { kind: 'status', status, at: 'headers' } });
      server.settings.bytesPerSecond.request = 50_000_000;
      const failed = await location.run(await jobFor('notes.txt', text(30_000_000)), 'failed');
      expect(failed.error?.code).not.toBe('connectionLost');
      expect(failed.error?.code).not.toBe('unexpected');
    },
  );

  it.each([408, 504])(
    'that a gateway gave up on with %i after all of it was sent is interrupted',
    async (status) => {
      server.faults.inject({ on: 'upload', fault: { kind: 'status', status, at: 'applied' } });
      const interrupted = await location.run(await jobFor('notes.txt', 'hello'), 'interrupted');
      expect(interrupted.error).toEqual({ code: 'maybeUploaded' });
      expect(server.files.size).toBe(1);
    },
  );

  it('that is answered with another success than 200 is done', async () => {
    const body = JSON.stringify({
      id: 'or_file_201',
      filename: 'notes.txt',
      mime_type: 'text/plain',
      size_bytes: 5,
      created_at: '2026-01-01T00:00:00Z',
      downloadable: false,
    });
    server.faults.inject({ on: 'upload', fault: { kind: 'answer', status: 201, body, at: 'applied' } });
    const done = await location.run(await jobFor('notes.txt', 'hello'), 'done');
    expect(done.fileId).toBe('or_file_201');
  });

  it('follows no redirect', async () => {
    const other = await startServer();
    const fault = { kind: 'redirect', status: 307, location: `${other.baseUrl}/files` } as const;
    server.faults.inject({ on: 'upload', fault });
    const failed = await location.run(await jobFor('notes.txt', 'hello'), 'failed');
    expect(failed.error).toEqual({ code: 'unexpectedAnswer', status: 307, detail: 'redirect' });
    expect(other.requests.all()).toEqual([]);
    await other.close();
  });

  it('says offline when nobody listens, and works again after a retry', async () => {
    await server.goOffline();
    const failed = await location.run(await jobFor('notes.txt', 'hello'), 'failed');
    expect(failed.error).toEqual({ code: 'offline' });
    await server.goOnline();
    location.queue.retry([failed.id]);
    await location.waitFor((transfer) => transfer.state === 'done');
  });
});

describe('cancelling an upload', () => {
  it('while it is sent closes the connection and stores nothing', async () => {
    server.faults.inject({ on: 'upload', fault: { kind: 'hang', at: { requestBytes: 1_000_000 } } });
    const job = await jobFor('notes.txt', text(20_000_000));
    const cancelled = location.run(job, 'cancelled');
    await server.waitFor((request) => request.isHeld);
    const sending = await location.waitFor((transfer) => transfer.state === 'sending');
    location.queue.cancel([sending.id]);
    expect((await cancelled).error).toBeNull();
    expect(server.files.size).toBe(0);
  });

  it('while it waits in the queue sends nothing', async () => {
    server.faults.inject({ on: 'upload', fault: { kind: 'hang', at: 'headers' }, times: 3 });
    const job = await jobFor('notes.txt', text(100));
    location.queue.add([job, job, job, job]);
    await server.waitFor(
      () => server.requests.all('upload').filter((request) => request.isHeld).length === 3,
    );
    const [first, second, third, last] = location.queue.list() as [Transfer, Transfer, Transfer, Transfer];
    location.queue.cancel([last.id]);
    expect(location.queue.list().at(-1)?.state).toBe('cancelled');
    location.queue.cancel([first.id, second.id, third.id]);
    await location.queue.close();
    expect(server.requests.all('upload')).toHaveLength(3);
    expect(server.files.size).toBe(0);
  });

  it('after all of it was sent says that the server may hold it', async () => {
    server.faults.inject({ on: 'upload', fault: { kind: 'hang', at: 'applied' } });
    const interrupted = location.run(await jobFor('notes.txt', text(100)), 'interrupted');
    const waiting = await location.waitFor((transfer) => transfer.state === 'waitingForServer');
    location.queue.cancel([waiting.id]);
    expect((await interrupted).error).toEqual({ code: 'maybeUploaded' });
  });
});
