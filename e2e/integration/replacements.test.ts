import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TransferState } from '#app/transfers/transfer.ts';
import { isBusy } from '../../main/locations/unfinished-work.ts';
import { type LocalServer, startServer } from '../server/server.ts';
import type { StoredFile } from '../server/store.ts';
import { openWindowLocation, type WindowLocation } from './window-location.ts';

let server: LocalServer;
let folder: string;
let opened: WindowLocation;
let old: StoredFile;
let chosen: string | null;

beforeEach(async () => {
  server = await startServer();
  folder = await mkdtemp(join(tmpdir(), 'files-for-openrouter-'));
  old = server.files.add({ name: 'notes/plan.txt', sizeBytes: 8 });
  chosen = join(folder, 'new.txt');
  await writeFile(chosen, 'new plan');
  await openHere();
});

afterEach(async () => {
  await opened.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

async function openHere() {
  const system = { chooseReplacement: async () => chosen };
  opened = await openWindowLocation(server, { folder, speed: 50, system });
}

const replace = () => opened.handlers.replaceFile({ id: old.id });
const readTransfers = async () => (await opened.location.transfers.snapshot()).transfers;
const whenUpload = (state: TransferState) =>
  expect.poll(async () => (await readTransfers()).map((transfer) => transfer.state)).toEqual([state]);
const whenFinished = () => opened.waitForDeletion(({ phase }) => phase === 'finished');
const namesOnServer = () => server.files.all().map(({ name }) => name);

describe('replacing a file', () => {
  it('uploads under its name, without asking about it, and then deletes it', async () => {
    // As large as the old one: of any other such file a person would be asked.
    const upload = await replace();
    expect((await readTransfers()).map(({ id }) => ({ id }))).toEqual([upload]);
    expect(await whenFinished()).toMatchObject({ count: 1, deletedCount: 1, firstName: 'notes/plan.txt' });
    const [file] = server.files.named('notes/plan.txt');
    expect(namesOnServer()).toEqual(['notes/plan.txt']);
    expect(file?.id).not.toBe(old.id);
    const order = server.requests.all().map(({ operation }) => operation);
    expect(order.indexOf('upload')).toBeLessThan(order.indexOf('delete'));
  });

  it.each([
    ['nothing', null],
    ['a folder', 'folder'],
    ['what is not there any more', 'gone'],
  ])('does nothing when %s was chosen', async (_name, name) => {
    await mkdir(join(folder, 'folder'));
    chosen = name === null ? null : join(folder, name);
    expect(await replace()).toBeNull();
    expect(await readTransfers()).toEqual([]);
  });

  it.each([
    ['in time', 'body', 'cancelled'],
    ['too late', 'applied', 'done'],
  ] as const)('deletes nothing when the upload was refused, or cancelled %s', async (_name, at, end) => {
    server.faults.inject({ on: 'upload', fault: { kind: 'status', status: 413 } });
    await replace();
    await whenUpload('failed');
    const hang = server.faults.inject({ on: 'upload', fault: { kind: 'hang', at } });
    const ids = (await readTransfers()).map(({ id }) => id);
    await opened.handlers.retryTransfers({ ids });
    await server.waitFor(({ operation, isHeld }) => operation === 'upload' && isHeld);
    await opened.handlers.cancelTransfers({ ids });
    await whenUpload(end);
    hang.release();
    await opened.close();
    await openHere();
    expect(server.files.get(old.id)).toBeDefined();
    expect(server.requests.all('delete')).toEqual([]);
  });

  it('deletes it also when a listing had to confirm the upload', async () => {
    server.faults.inject({ on: 'upload', fault: { kind: 'reset', at: 'applied' } });
    await replace();
    await whenFinished();
    const [file, ...others] = server.files.named('notes/plan.txt');
    expect(others).toEqual([]);
    expect(file?.id).not.toBe(old.id);
    expect(server.requests.all('upload')).toHaveLength(1);
  });

  const answerWith = (file: Readonly<Record<string, unknown>>, at: 'headers' | 'body' = 'body') => {
    const body = JSON.stringify({
      id: 'or_file_made_up',
      filename: old.name,
      mime_type: 'text/plain',
      size_bytes: 8,
      created_at: new Date().toISOString(),
      downloadable: false,
      ...file,
    });
    server.faults.inject({ on: 'upload', fault: { kind: 'answer', status: 200, body, at } });
  };

  it.each<[string, () => void, string]>([
    ['with a file that is not there', () => answerWith({}), 'notStored'],
    ['with a file of another name', () => answerWith({ filename: 'notes/other.txt' }), 'otherFile'],
    ['with the old file itself', () => answerWith({ id: old.id }), 'otherFile'],
  ])('deletes nothing when the upload is answered %s', async (_name, answer, detail) => {
    answer();
    await replace();
    await whenUpload('failed');
    expect((await readTransfers())[0]?.error).toEqual({ code: 'unexpectedAnswer', status: 200, detail });
    expect(server.files.get(old.id)).toBeDefined();
    expect(server.requests.all('delete')).toEqual([]);
  });

  it('deletes nothing when the upload is answered before its body was read', async () => {
    const sizeBytes = 64_000_000;
    await writeFile(chosen ?? '', 'x'.repeat(sizeBytes));
    answerWith({ size_bytes: sizeBytes }, 'headers');
    await replace();
    await whenUpload('failed');
    expect((await readTransfers())[0]?.error).toMatchObject({ detail: 'early' });
    expect(server.requests.all('delete')).toEqual([]);
  });

  it('deletes it when a listing shows the new file that the server could not be asked for', async () => {
    server.faults.inject({ on: 'retrieve', fault: { kind: 'status', status: 500 } });
    await replace();
    expect(await whenFinished()).toMatchObject({ deletedCount: 1 });
    expect((await readTransfers())[0]?.confirmedBy).toBe('listing');
    expect(namesOnServer()).toEqual(['notes/plan.txt']);
  });

  it('goes on after the app ended before the upload was confirmed', async () => {
    const hang = server.faults.inject({ on: 'upload', fault: { kind: 'hang', at: 'applied' } });
    await replace();
    await server.waitFor(({ operation, isHeld }) => operation === 'upload' && isHeld);
    await opened.close();
    hang.release();
    expect(server.files.get(old.id)).toBeDefined();
    await openHere();
    await whenFinished();
    expect(namesOnServer()).toEqual(['notes/plan.txt']);
    expect(server.files.get(old.id)).toBeUndefined();
    expect(server.requests.all('upload')).toHaveLength(1);
  });

  it('goes on after the app ended before the old file was deleted, once', async () => {
    const hang = server.faults.inject({ on: 'delete', fault: { kind: 'hang', at: 'headers' } });
    await replace();
    await server.waitFor(({ operation, isHeld }) => operation === 'delete' && isHeld);
    await opened.close();
    hang.release();
    await openHere();
    await whenFinished();
    expect(server.files.get(old.id)).toBeUndefined();
    await opened.close();
    const count = server.requests.all('delete').length;
    await openHere();
    expect(server.requests.all('delete')).toHaveLength(count);
  });

  it('says when the old file could not be deleted, and does not try again by itself', async () => {
    server.faults.inject({ on: 'delete', fault: { kind: 'status', status: 403 } });
    await replace();
    const { failures } = await whenFinished();
    expect(failures).toMatchObject([{ fileId: old.id, error: { code: 'forbidden' } }]);
    expect(opened.location.deletions.stateOf(old.id)?.error?.code).toBe('forbidden');
    expect(namesOnServer()).toHaveLength(2);
    await opened.close();
    await openHere();
    await opened.location.index.refresh();
    expect(server.requests.all('delete')).toHaveLength(1);
  });

  it('leaves the old file to a deletion that a person has begun meanwhile, and can take back', async () => {
    const hang = server.faults.inject({ on: 'upload', fault: { kind: 'hang', at: 'body' } });
    await replace();
    await server.waitFor(({ operation, isHeld }) => operation === 'upload' && isHeld);
    const release = opened.location.deletions.hold();
    const { id, count } = await opened.handlers.draftDeletion({ target: { kind: 'rows', keys: [old.id] } });
    const deletion = await opened.handlers.beginDeletion({ id, count });
    hang.release();
    await whenUpload('done');
    expect(await opened.handlers.undoDeletion({ id: deletion.id })).toBe(true);
    release();
    await opened.close();
    await openHere();
    expect(namesOnServer()).toEqual(['notes/plan.txt', 'notes/plan.txt']);
    expect(server.requests.all('delete')).toEqual([]);
  });

  it('is not done twice at once, nor of a file that is being deleted', async () => {
    const hang = server.faults.inject({ on: 'upload', fault: { kind: 'hang', at: 'body' } });
    await replace();
    await expect(replace()).rejects.toThrow('beingReplaced');
    hang.release();
    await whenFinished();
    const other = server.files.add({ name: 'other.txt', sizeBytes: 9 });
    await opened.location.index.refresh();
    const { id, count } = await opened.handlers.draftDeletion({ target: { kind: 'rows', keys: [other.id] } });
    opened.location.deletions.hold();
    await opened.handlers.beginDeletion({ id, count });
    await expect(opened.handlers.replaceFile({ id: other.id })).rejects.toThrow('beingDeleted');
    expect(server.requests.all('upload')).toHaveLength(1);
  });

  it('names the old file also when somebody else has deleted it before', async () => {
    const hang = server.faults.inject({ on: 'upload', fault: { kind: 'hang', at: 'body' } });
    await replace();
    server.files.delete(old.id);
    await opened.location.index.refresh();
    hang.release();
    expect(await whenFinished()).toMatchObject({ deletedCount: 1, firstName: 'notes/plan.txt' });
  });

  it('is unfinished work until the old file is deleted', async () => {
    await replace();
    await whenFinished();
    expect(opened.wasBusyAtRests()).toEqual([true]);
    expect(isBusy([opened.location])).toBe(false);
  });
});
