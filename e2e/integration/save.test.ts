import { createHash } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSaveJob, readIdentity, type SaveTarget } from '../../main/transfers/save-job.ts';
import { createGeneratedContent } from '../server/content.ts';
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

/** A server-generated file and the job that saves it as `name`. */
async function jobFor(sizeBytes: number, name: string, onExisting: 'replace' | 'number' = 'replace') {
  const [stored] = server.files.addAll([
    { name: 'out/report.csv', content: createGeneratedContent(sizeBytes, 1) },
  ]);
  if (!stored) throw new Error('nothing was stored');
  const file = await location.client.readFile(stored.id, new AbortController().signal);
  const job = createSaveJob(
    file,
    await toTarget(join(folder, name), onExisting),
    location.client.openContent,
  );
  return { job, stored };
}

async function toTarget(path: string, onExisting: 'replace' | 'number'): Promise<SaveTarget> {
  return { path, replaces: onExisting === 'replace' ? await readIdentity(path) : null };
}

async function sha256Of(name: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(join(folder, name)))
    .digest('hex');
}

describe('a save', () => {
  it.each([0, 1, 1_048_576, 1_048_577, 5_000_000])('of %i bytes arrives whole', async (sizeBytes) => {
    const { job, stored } = await jobFor(sizeBytes, 'report.csv');
    const done = await location.run(job, 'done');
    expect(done.transferredBytes).toBe(sizeBytes);
    expect(await sha256Of('report.csv')).toBe(stored.sha256);
    expect(await readdir(folder)).toEqual(['report.csv']);
  });

  it('replaces the file that the dialog asked about', async () => {
    await writeFile(join(folder, 'report.csv'), 'old');
    const { job, stored } = await jobFor(1000, 'report.csv', 'replace');
    await location.run(job, 'done');
    expect(await sha256Of('report.csv')).toBe(stored.sha256);
  });

  it.each([
    ['appears', false],
    ['is another than', true],
  ])('does not replace a file that %s when the dialog asked', async (_name, existed) => {
    if (existed) await writeFile(join(folder, 'report.csv'), 'agreed to lose');
    const { job, stored } = await jobFor(5_000_000, 'report.csv', 'replace');
    const held = server.faults.inject({
      on: 'download',
      fault: { kind: 'hang', at: { answerBytes: 3_000_000 } },
    });
    const done = location.run(job, 'done');
    await location.waitFor((transfer) => transfer.transferredBytes > 0);
    await writeFile(join(folder, 'report.csv'), 'written meanwhile');
    held.release();
    expect((await done).name).toBe('report (1).csv');
    expect(await readFile(join(folder, 'report.csv'), 'utf8')).toBe('written meanwhile');
    expect(await sha256Of('report (1).csv')).toBe(stored.sha256);
  });

  it('takes a free name where nobody asked', async () => {
    await writeFile(join(folder, 'report.csv'), 'old');
    await writeFile(join(folder, 'report (1).csv'), 'older');
    const { job, stored } = await jobFor(1000, 'report.csv', 'number');
    const done = await location.run(job, 'done');
    expect(done.name).toBe('report (2).csv');
    expect(location.queue.findPath(done.id)).toBe(join(folder, 'report (2).csv'));
    expect(await sha256Of('report (2).csv')).toBe(stored.sha256);
    expect(await readFile(join(folder, 'report.csv'), 'utf8')).toBe('old');
  });

  it('does not write through a link that stands in its place', async () => {
    const outside = join(await makeFolder(), 'outside');
    await writeFile(outside, 'untouched');
    await symlink(outside, join(folder, 'report.csv'));
    await location.run((await jobFor(1000, 'report.csv', 'replace')).job, 'done');
    await location.run((await jobFor(1000, 'report.csv', 'number')).job, 'done');
    expect(await readFile(outside, 'utf8')).toBe('untouched');
  });

  it.each([
    ['is cut', { kind: 'truncatedBody', afterBytes: 5000, framing: 'contentLength' }],
    ['is cut in chunks', { kind: 'truncatedBody', afterBytes: 5000, framing: 'chunked' }],
    ['is cut without a sign', { kind: 'truncatedBody', afterBytes: 5000, framing: 'untilClose' }],
    ['is longer than listed', { kind: 'resizedBody', byBytes: 10 }],
    ['is shorter than listed', { kind: 'resizedBody', byBytes: -10 }],
    ['is announced shorter', { kind: 'wrongContentLength', byBytes: -10 }],
    ['is announced longer', { kind: 'wrongContentLength', byBytes: 10 }],
    ['is empty', { kind: 'emptyBody' }],
    ['breaks', { kind: 'reset', at: { answerBytes: 4000 } }],
  ] as const)('whose body %s fails and leaves nothing', async (_name, fault) => {
    await writeFile(join(folder, 'report.csv'), 'old');
    const { job } = await jobFor(100_000, 'report.csv');
    server.faults.inject({ on: 'download', fault });
    const failed = await location.run(job, 'failed');
    expect(['incompleteDownload', 'connectionLost']).toContain(failed.error?.code);
    expect(await readdir(folder)).toEqual(['report.csv']);
    expect(await readFile(join(folder, 'report.csv'), 'utf8')).toBe('old');
  });

  it.each([
    [404, 'notFound'],
    [400, 'notSaveable'],
    [429, 'rateLimited'],
    [503, 'unavailable'],
  ] as const)('that is answered with %i fails with %s and works at the next try', async (status, code) => {
    const { job } = await jobFor(1000, 'report.csv');
    server.faults.inject({ on: 'download', fault: { kind: 'status', status } });
    const failed = await location.run(job, 'failed');
    expect(failed.error?.code).toBe(code);
    expect(await readdir(folder)).toEqual([]);
    location.queue.retry([failed.id]);
    await location.waitFor((transfer) => transfer.state === 'done');
  });

  it('that is cancelled leaves nothing and closes the connection', async () => {
    const { job } = await jobFor(50_000_000, 'report.csv');
    server.faults.inject({ on: 'download', fault: { kind: 'hang', at: { answerBytes: 3_000_000 } } });
    const cancelled = location.run(job, 'cancelled');
    const receiving = await location.waitFor((transfer) => transfer.transferredBytes > 0);
    location.queue.cancel([receiving.id]);
    await cancelled;
    expect(await readdir(folder)).toEqual([]);
    await server.waitFor((request) => request.operation === 'download' && request.isAbortedByClient);
  });

  it('into a folder that is gone says so', async () => {
    const { job } = await jobFor(1000, 'gone/report.csv');
    expect((await location.run(job, 'failed')).error).toEqual({ code: 'folderUnwritable' });
  });

  it('over a folder of that name says so and leaves it', async () => {
    await mkdir(join(folder, 'report.csv'));
    const { job } = await jobFor(1000, 'report.csv');
    expect((await location.run(job, 'failed')).error).toEqual({ code: 'folderUnwritable' });
    expect(await readdir(folder)).toEqual(['report.csv']);
  });

  it.skipIf(process.getuid?.() === 0)('into a folder without permission says so', async () => {
    await chmod(folder, 0o500);
    const { job } = await jobFor(1000, 'report.csv');
    expect((await location.run(job, 'failed')).error).toEqual({ code: 'folderUnwritable' });
    await chmod(folder, 0o700);
    await rm(folder, { recursive: true });
  });
});
