import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Transfer } from '#app/transfers/transfer.ts';
import { type LocalServer, startServer } from '../server/server.ts';
import { openWindowLocation, type WindowLocation } from './window-location.ts';

let server: LocalServer;
let folder: string;
let opened: WindowLocation;

beforeEach(async () => {
  server = await startServer();
  folder = await mkdtemp(join(tmpdir(), 'files-for-openrouter-'));
  await openHere();
});

afterEach(async () => {
  await opened.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

async function openHere() {
  opened = await openWindowLocation(server, { folder, speed: 50 });
}

/** Closes the location and opens it again; what is given happens to the disk in between. */
async function restart(meanwhile: () => Promise<void> = async () => undefined) {
  await opened.close();
  await meanwhile();
  await openHere();
}

async function write(name: string, content: string | Uint8Array = `The content of ${name}\n`) {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  return path;
}

const upload = (...paths: readonly string[]) => opened.handlers.uploadPaths({ paths, withoutPath: [] });
const readTransfers = async () => (await opened.location.transfers.snapshot()).transfers;
const idsOf = (transfers: readonly Transfer[]) => transfers.map(({ id }) => id);

/** Tells the state of each transfer by its name, and what it waits for or failed by. */
async function readStates() {
  const told = ({ state, question, error }: Transfer) =>
    question?.kind === 'sensitive' ? question.concern : state === 'failed' ? error?.code : state;
  return Object.fromEntries((await readTransfers()).map((transfer) => [transfer.name, told(transfer)]));
}

const namesOnServer = () =>
  server.files
    .all()
    .map(({ name }) => name)
    .toSorted();

describe('what a person may not mean to upload', () => {
  const files = {
    'work/.env': 'secret',
    'work/.git/config': 'hidden',
    'work/.git/objects/ab/cdef': 'hidden',
    'work/.ssh/id_rsa': 'secret',
    'work/$RECYCLE.BIN/old.txt': 'leftover',
    'work/film.mp4.part': 'leftover',
    'work/~$report.docx': 'leftover',
    'work/notes.txt': 'done',
  };

  async function dropFolder() {
    for (const name of Object.keys(files)) await write(name);
    await upload(join(folder, 'work'));
  }

  it('is asked about at once and not sent, and the rest of its folder goes on', async () => {
    await dropFolder();
    await expect.poll(readStates).toEqual(files);
    expect(namesOnServer()).toEqual(['work/notes.txt']);
    expect(server.requests.all('upload')).toHaveLength(1);
  });

  it('is sent where a person says so, and skipped where not', async () => {
    await dropFolder();
    await expect.poll(readStates).toEqual(files);
    const asking = (await readTransfers()).filter(({ state }) => state === 'asking');
    const wanted = asking.filter(({ name }) => name === 'work/.git/config');
    const unwanted = asking.filter((transfer) => !wanted.includes(transfer));
    opened.handlers.answerTransfers({ ids: idsOf(wanted), answer: 'upload' });
    opened.handlers.answerTransfers({ ids: idsOf(unwanted), answer: 'skip' });
    await expect.poll(namesOnServer).toEqual(['work/.git/config', 'work/notes.txt']);
    await expect
      .poll(async () => Object.values(await readStates()).toSorted())
      .toEqual(['done', 'done', ...Array(6).fill('skipped')]);
  });

  it('is still asked about after a restart', async () => {
    await dropFolder();
    await expect.poll(readStates).toEqual(files);
    await restart();
    expect(await readStates()).toEqual(files);
    expect(namesOnServer()).toEqual(['work/notes.txt']);
  });

  it('is not sent either when a crash keeps the question itself off the disk', async () => {
    const path = await write('work/.env');
    await upload(join(folder, 'work'));
    await expect.poll(readStates).toEqual({ 'work/.env': 'secret' });
    await restart(async () => {
      const records = join(folder, 'records');
      const [journal = ''] = (await readdir(records)).filter((name) => name.includes('.transfers.'));
      const lines = (await readFile(join(records, journal), 'utf8')).split('\n');
      const kept = lines.filter((line) => !line.includes('"changed"'));
      expect(kept.some((line) => line.includes(JSON.stringify(path)))).toBe(true);
      await writeFile(join(records, journal), kept.join('\n'));
    });
    await expect.poll(readStates).toEqual({ 'work/.env': 'secret' });
    expect(server.requests.all('upload')).toEqual([]);
  });

  it('is asked about again when a person retries what they have skipped', async () => {
    await upload(await write('.env'));
    await expect.poll(readStates).toEqual({ '.env': 'secret' });
    const ids = idsOf(await readTransfers());
    opened.handlers.answerTransfers({ ids, answer: 'skip' });
    opened.handlers.retryTransfers({ ids });
    await expect.poll(readStates).toEqual({ '.env': 'secret' });
    expect(server.requests.all('upload')).toEqual([]);
  });

  it('includes a secret that was given by itself, by its name or its content, but no other hidden file', async () => {
    const key = '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n';
    await upload(
      await write('server.pem'),
      await write('deploy key.txt', key),
      await write('.gitignore'),
      await write('notes.tmp'),
    );
    await expect.poll(readStates).toEqual({
      'server.pem': 'secret',
      'deploy key.txt': 'secret',
      '.gitignore': 'done',
      'notes.tmp': 'done',
    });
    expect(namesOnServer()).toEqual(['.gitignore', 'notes.tmp']);
  });
});

describe('a file that the app would not send', () => {
  const zip = Buffer.from('504b0506000000000000000000000000000000000000', 'hex');

  it('is sent at a person’s word, and the server’s refusal is final', async () => {
    await upload(await write('a.zip', zip), await write('b.zip', zip));
    await expect.poll(readStates).toEqual({ 'a.zip': 'unsupportedType', 'b.zip': 'unsupportedType' });
    expect(server.requests.all('upload')).toEqual([]);
    const ids = idsOf(await readTransfers());
    opened.handlers.sendTransfersAnyway({ ids });
    await expect.poll(readStates).toEqual({ 'a.zip': 'invalidFile', 'b.zip': 'invalidFile' });
    opened.handlers.sendTransfersAnyway({ ids });
    expect(await readStates()).toEqual({ 'a.zip': 'invalidFile', 'b.zip': 'invalidFile' });
    expect(server.requests.all('upload')).toHaveLength(2);
  });

  it('is stored at a person’s word where the server takes it', async () => {
    server.settings.types = { takes: ['application/zip'], refuses: [] };
    await upload(
      await write('a.zip', zip),
      await write('old.txt', Buffer.from('Gr\xfc\xdfe aus K\xf6ln', 'latin1')),
    );
    await expect.poll(readStates).toEqual({ 'a.zip': 'unsupportedType', 'old.txt': 'notUtf8' });
    opened.handlers.sendTransfersAnyway({ ids: idsOf(await readTransfers()) });
    await expect.poll(readStates).toEqual({ 'a.zip': 'done', 'old.txt': 'invalidFile' });
    expect(namesOnServer()).toEqual(['a.zip']);
  });

  it('is not judged again after a restart, nor by a retry', async () => {
    await upload(await write('a.zip', zip));
    await expect.poll(readStates).toEqual({ 'a.zip': 'unsupportedType' });
    opened.handlers.pauseTransfers({});
    opened.handlers.sendTransfersAnyway({ ids: idsOf(await readTransfers()) });
    await restart();
    expect(await readStates()).toEqual({ 'a.zip': 'queued' });
    opened.handlers.resumeTransfers({});
    await expect.poll(readStates).toEqual({ 'a.zip': 'invalidFile' });
    opened.handlers.retryTransfers({ ids: idsOf(await readTransfers()) });
    await expect.poll(() => server.requests.all('upload').length).toBe(2);
  });

  it('still fails for what is certain, as an empty file', async () => {
    const path = await write('a.zip', zip);
    await upload(path);
    await expect.poll(readStates).toEqual({ 'a.zip': 'unsupportedType' });
    await writeFile(path, '');
    opened.handlers.sendTransfersAnyway({ ids: idsOf(await readTransfers()) });
    await expect.poll(readStates).toEqual({ 'a.zip': 'fileEmpty' });
  });
});

describe('a name that the server does not take', () => {
  const invalidName = { code: 'invalidName', problem: 'forbiddenCharacter' };

  it('is told with the part of it to rename', async () => {
    await write('dir/a:b.txt');
    await write('x?y/c.txt');
    await upload(join(folder, 'dir'), join(folder, 'x?y'));
    await expect
      .poll(async () => (await readTransfers()).map(({ error }) => error))
      .toEqual([
        { ...invalidName, part: 'file', suggestedName: 'a_b.txt' },
        { ...invalidName, part: 'folder', suggestedName: 'x_y' },
      ]);
  });

  it('is changed for many at once, each to a name of its own', async () => {
    for (const name of ['a?.txt', 'a*.txt', 'say "hi" <now>|.txt', 'a_.txt']) await write(`d:ir/${name}`);
    await upload(join(folder, 'd:ir'));
    await expect.poll(async () => Object.values(await readStates())).toEqual(Array(4).fill('invalidName'));
    opened.handlers.applySuggestedNames({ ids: idsOf(await readTransfers()) });
    await expect
      .poll(namesOnServer)
      .toEqual(['d_ir/a_ (2).txt', 'd_ir/a_ (3).txt', 'd_ir/a_.txt', 'd_ir/say _hi_ _now__.txt']);
  });

  it('may have 255 characters, however many bytes they have', async () => {
    // A disk's own limit is in bytes, so the length comes from folders.
    const name = `${'😀'.repeat(60)}/${'😀'.repeat(60)}/${'😀'.repeat(60)}/${'😀'.repeat(57)}.txt`;
    expect([...name]).toHaveLength(244);
    await write(name);
    await upload(join(folder, '😀'.repeat(60)));
    await expect.poll(namesOnServer).toEqual([name]);
  });
});

describe('files of one drop that have one name', () => {
  it('each get a name of their own, where only the spelling of an accent differs', async () => {
    await write('d/gr\u00fcn.txt', 'composed');
    await write('d/gru\u0308n.txt', 'apart');
    const intake = await upload(join(folder, 'd'));
    expect(intake.renamed).toEqual([{ name: 'd/gr\u00fcn.txt', newName: 'd/gr\u00fcn (2).txt' }]);
    await expect.poll(namesOnServer).toEqual(['d/gr\u00fcn (2).txt', 'd/gr\u00fcn.txt']);
    expect(server.files.named('d/gr\u00fcn.txt').map(({ sizeBytes }) => sizeBytes)).toEqual([8]);
  });

  it('each get a name of their own, where they come from several folders', async () => {
    const intake = await upload(await write('x/a.txt', 'one'), await write('y/a.txt', 'two'));
    expect(intake.renamed).toEqual([{ name: 'a.txt', newName: 'a (2).txt' }]);
    await expect.poll(namesOnServer).toEqual(['a (2).txt', 'a.txt']);
  });
});
