import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { patientDisk } from '../../main/disk/patient-disk.ts';
import { type LocalServer, startServer } from '../server/server.ts';
import { openWindowLocation, type WindowLocation } from './window-location.ts';

const TEXT = 'Größe;Preis\nzwölf;3 €\n';
const UTF16 = Buffer.concat([Buffer.from('fffe', 'hex'), Buffer.from(TEXT, 'utf16le')]);
const ENCODING = 'utf-16le';

let server: LocalServer;
let folder: string;
let opened: WindowLocation;
let path: string;

beforeEach(async () => {
  server = await startServer();
  folder = await mkdtemp(join(tmpdir(), 'files-for-openrouter-'));
  path = join(folder, 'prices.csv');
  await writeFile(path, UTF16);
  await openHere();
});

afterEach(async () => {
  vi.restoreAllMocks();
  await opened.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

async function openHere() {
  opened = await openWindowLocation(server, { folder, speed: 50 });
}

const readTransfers = async () => (await opened.location.transfers.snapshot()).transfers;
const readStates = async () =>
  (await readTransfers()).map(({ state, error }) => (state === 'failed' ? error?.code : state));

/** Uploads the text, which fails; answers the id of its transfer. */
async function fail(): Promise<string> {
  await opened.handlers.uploadPaths({ paths: [path], withoutPath: [] });
  await expect.poll(readStates).toEqual(['notUtf8']);
  return (await readTransfers())[0]?.id ?? '';
}

/** What there is of copies on the disk. */
async function listCopies(): Promise<readonly string[]> {
  const records = join(folder, 'records');
  const folders = (await readdir(records)).filter((name) => name.endsWith('.copies'));
  return (await Promise.all(folders.map((name) => readdir(join(records, name))))).flat();
}

const contentsOnServer = () => server.files.named('prices.csv').map(({ sizeBytes }) => sizeBytes);

describe('a text that is not UTF-8', () => {
  it('is shown as it would be sent, and a copy of it is sent under its name', async () => {
    const id = await fail();
    expect(await opened.handlers.previewUtf8Copy({ id, encoding: ENCODING })).toEqual({
      text: TEXT,
      isWhole: true,
    });
    expect(server.requests.all('upload')).toEqual([]);
    opened.handlers.uploadUtf8Copies({ ids: [id], encoding: ENCODING });
    await expect.poll(readStates).toEqual(['done']);
    expect(contentsOnServer()).toEqual([Buffer.byteLength(TEXT)]);
    expect((await readFile(path)).equals(UTF16)).toBe(true);
    expect(await listCopies()).toEqual([]);
  });

  it('is sent as what the person takes it for, whatever was detected', async () => {
    const bytes = Buffer.concat([Buffer.from('feff', 'hex'), Buffer.from(TEXT, 'utf16le').swap16()]);
    await writeFile(path, bytes);
    const id = await fail();
    opened.handlers.uploadUtf8Copies({ ids: [id], encoding: ENCODING });
    await expect.poll(readStates).toEqual(['done']);
    expect(contentsOnServer()).toEqual([Buffer.byteLength(new TextDecoder(ENCODING).decode(bytes))]);
  });

  it('is not said to be on this computer as it is on the server', async () => {
    const id = await fail();
    opened.handlers.uploadUtf8Copies({ ids: [id], encoding: ENCODING });
    await expect.poll(readStates).toEqual(['done']);
    const fileId = (await readTransfers())[0]?.fileId ?? '';
    expect(await opened.handlers.readDetails({ id: fileId })).toMatchObject({ local: null });
  });

  it('leaves no copy behind when it is cancelled', async () => {
    await writeFile(path, Buffer.concat([UTF16, Buffer.from(TEXT.repeat(500_000), 'utf16le')]));
    const id = await fail();
    server.faults.inject({ on: 'upload', fault: { kind: 'hang', at: { requestBytes: 100_000 } } });
    opened.handlers.uploadUtf8Copies({ ids: [id], encoding: ENCODING });
    await server.waitFor(({ isHeld }) => isHeld);
    expect(await listCopies()).toHaveLength(1);
    opened.handlers.cancelTransfers({ ids: [id] });
    await expect.poll(readStates).toEqual(['cancelled']);
    expect(await listCopies()).toEqual([]);
  });

  it('can be cancelled, and sent again, while its disk does not answer', async () => {
    const id = await fail();
    let answer: () => void = () => undefined;
    const silence = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const { open } = patientDisk;
    const spy = vi.spyOn(patientDisk, 'open').mockImplementationOnce(async (name, flags) => {
      await silence;
      return open(name, flags);
    });
    opened.handlers.uploadUtf8Copies({ ids: [id], encoding: ENCODING });
    await expect.poll(() => spy.mock.calls.length).toBe(1);
    opened.handlers.cancelTransfers({ ids: [id] });
    await expect.poll(readStates).toEqual(['cancelled']);
    opened.handlers.retryTransfers({ ids: [id] });
    await expect.poll(readStates).toEqual(['done']);
    answer();
    expect(contentsOnServer()).toEqual([Buffer.byteLength(TEXT)]);
    // What was given up ends by itself.
    await expect.poll(listCopies).toEqual([]);
  });

  it('is still sent as a copy after a restart, and what a crash has left of copies is removed', async () => {
    const id = await fail();
    opened.handlers.pauseTransfers({});
    opened.handlers.uploadUtf8Copies({ ids: [id], encoding: ENCODING });
    await opened.close();
    const records = join(folder, 'records');
    const name = (await readdir(records)).find((entry) => entry.endsWith('.transfers.jsonl')) ?? '';
    const copies = join(records, name.replace('.transfers.jsonl', '.copies'));
    await mkdir(copies, { recursive: true });
    await writeFile(join(copies, 'left.txt'), 'left');
    await openHere();
    expect(await listCopies()).toEqual([]);
    opened.handlers.resumeTransfers({});
    await expect.poll(readStates).toEqual(['done']);
    expect(contentsOnServer()).toEqual([Buffer.byteLength(TEXT)]);
  });

  it('is the only one of which the window can read how it begins', async () => {
    const id = await fail();
    opened.handlers.uploadUtf8Copies({ ids: [id], encoding: ENCODING });
    await expect.poll(readStates).toEqual(['done']);
    const preview = async () => opened.handlers.previewUtf8Copy({ id, encoding: ENCODING });
    await expect(preview()).rejects.toMatchObject({ error: { code: 'refused' } });
  });

  it('is still shown and sent when it has gone meanwhile, as a file out of an archive’s window', async () => {
    const id = await fail();
    await rm(path);
    const { text } = await opened.handlers.previewUtf8Copy({ id, encoding: ENCODING });
    expect(text).toBe(TEXT);
    opened.handlers.uploadUtf8Copies({ ids: [id], encoding: ENCODING });
    await expect.poll(readStates).toEqual(['done']);
    expect(contentsOnServer()).toEqual([Buffer.byteLength(TEXT)]);
  });

  it('says so when it is gone after a restart', async () => {
    const id = await fail();
    await opened.close();
    await rm(path);
    await openHere();
    const preview = async () => opened.handlers.previewUtf8Copy({ id, encoding: ENCODING });
    await expect(preview()).rejects.toMatchObject({ error: { code: 'fileMissing' } });
    opened.handlers.uploadUtf8Copies({ ids: [id], encoding: ENCODING });
    await expect.poll(readStates).toEqual(['fileMissing']);
  });
});
