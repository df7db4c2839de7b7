import { randomBytes } from 'node:crypto';
import { appendFile, open, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SaveOrder } from '../../main/transfers/saves/save-target.ts';
import { beginSave, createOrder, openContentAt } from './save-setup.ts';
import { keepTemporaryFolders } from './temporary-folder.ts';

const bytes = randomBytes(3_000_000);
const BREAK_AT = 2_000_000;

/** How a server answers when it is asked for the bytes from one on. */
type AnswerRange = (response: ServerResponse, fromByte: number) => void;

const makeFolder = keepTemporaryFolders();
let server: Server;
let folder: string;
let order: SaveOrder;
/** What becomes of the first request. */
let answerFirst: (response: ServerResponse) => void;
/** What becomes of a later one that names a range. */
let answerRange: AnswerRange;
/** The `Range` headers of the requests, in order. */
let ranges: (string | undefined)[];

beforeEach(async () => {
  folder = await makeFolder();
  order = createOrder({ id: 'or_file_1', sizeBytes: bytes.length }, join(folder, 'report.bin'));
  ranges = [];
  answerFirst = (response) => {
    response.writeHead(200, { 'Content-Length': bytes.length });
    response.write(bytes.subarray(0, BREAK_AT), () => response.destroy());
  };
  server = createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function answer({ headers }: IncomingMessage, response: ServerResponse): void {
  ranges.push(headers.range);
  const from = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0);
  if (ranges.length === 1) {
    answerFirst(response);
  } else if (from > 0) {
    answerRange(response, from);
  } else {
    sendAll(response);
  }
}

function sendAll(response: ServerResponse): void {
  response.writeHead(200, { 'Content-Length': bytes.length }).end(bytes);
}

function sendPart(response: ServerResponse, contentRange: string | null, body: Uint8Array): void {
  const headers = contentRange === null ? {} : { 'Content-Range': contentRange };
  response.writeHead(206, { ...headers, 'Content-Length': body.length }).end(body);
}

function sendRest(response: ServerResponse, from: number): void {
  sendPart(response, `bytes ${from}-${bytes.length - 1}/${bytes.length}`, bytes.subarray(from));
}

function save() {
  const { port } = server.address() as AddressInfo;
  return beginSave(order, openContentAt(`http://127.0.0.1:${port}`, 'key'));
}

const partPath = () => join(folder, `.openrouter-${order.id}.part`);

async function breakOff(): Promise<void> {
  await expect(save().path).rejects.toMatchObject({ error: { code: 'connectionLost' } });
  expect((await readFile(partPath())).length).toBe(BREAK_AT);
}

async function expectWhole(): Promise<void> {
  expect(await readdir(folder)).toEqual(['report.bin']);
  expect((await readFile(join(folder, 'report.bin'))).equals(bytes)).toBe(true);
}

describe('a save that broke off', () => {
  it('goes on where the server proves that it does', async () => {
    answerRange = sendRest;
    await breakOff();
    const attempt = save();
    await attempt.path;
    expect(ranges).toEqual([undefined, `bytes=${BREAK_AT}-`]);
    expect(attempt.progress[0]).toBe(BREAK_AT);
    await expectWhole();
  });

  it('goes on after breaking off twice', async () => {
    answerRange = (response, from) => {
      response.writeHead(206, {
        'Content-Range': `bytes ${from}-${bytes.length - 1}/${bytes.length}`,
        'Content-Length': bytes.length - from,
      });
      response.write(bytes.subarray(from, from + 300_000), () => response.destroy());
    };
    await breakOff();
    await expect(save().path).rejects.toMatchObject({ error: { code: 'connectionLost' } });
    answerRange = sendRest;
    await save().path;
    expect(ranges.at(-1)).toBe(`bytes=${BREAK_AT + 300_000}-`);
    await expectWhole();
  });

  it('goes on from the last break when a server that sends all of it breaks earlier', async () => {
    answerRange = (response) => {
      response.writeHead(200, { 'Content-Length': bytes.length });
      response.write(bytes.subarray(0, 1_200_000), () => response.destroy());
    };
    await breakOff();
    await expect(save().path).rejects.toMatchObject({ error: { code: 'connectionLost' } });
    answerRange = sendRest;
    await save().path;
    expect(ranges.at(-1)).toBe('bytes=1200000-');
    await expectWhole();
  });

  it('goes on after an answer that was no content', async () => {
    answerRange = (response) => response.writeHead(503).end();
    await breakOff();
    await expect(save().path).rejects.toMatchObject({ error: { code: 'unavailable' } });
    answerRange = sendRest;
    await save().path;
    expect(ranges).toEqual([undefined, `bytes=${BREAK_AT}-`, `bytes=${BREAK_AT}-`]);
    await expectWhole();
  });

  it.each<[string, AnswerRange]>([
    ['answers with all of it', (response) => sendAll(response)],
    ['says nothing of where it begins', (response, from) => sendPart(response, null, bytes.subarray(from))],
    [
      'begins elsewhere',
      (response, from) =>
        sendPart(
          response,
          `bytes ${from - 10}-${bytes.length - 1}/${bytes.length}`,
          bytes.subarray(from - 10),
        ),
    ],
    [
      'means a file of another length',
      (response, from) =>
        sendPart(response, `bytes ${from}-${bytes.length}/${bytes.length + 1}`, bytes.subarray(from - 1)),
    ],
    [
      'does not know how long the file is',
      (response, from) => sendPart(response, `bytes ${from}-${bytes.length - 1}/*`, bytes.subarray(from)),
    ],
    [
      'says that there is no such part',
      (response) => response.writeHead(416, { 'Content-Range': `bytes */${bytes.length}` }).end(),
    ],
    ['takes a range for a mistake', (response) => response.writeHead(400).end()],
    ['shows a page', (response) => response.writeHead(404).end('<!doctype html><p>no such route')],
  ])('begins anew when the server %s', async (_name, answerThen) => {
    answerRange = answerThen;
    await breakOff();
    await save().path;
    expect(ranges[1]).toBe(`bytes=${BREAK_AT}-`);
    await expectWhole();
  });

  it('begins anew when less comes than was proven', async () => {
    answerRange = (response, from) =>
      sendPart(response, `bytes ${from}-${from + 9}/${bytes.length}`, bytes.subarray(from, from + 10));
    await breakOff();
    await expect(save().path).rejects.toMatchObject({ error: { code: 'incompleteDownload' } });
    expect(await readdir(folder)).toEqual([]);
    await save().path;
    expect(ranges.at(-1)).toBeUndefined();
    await expectWhole();
  });

  it.each<[string, () => Promise<void>]>([
    ['written to', () => appendFile(partPath(), 'more')],
    ['removed', () => rm(partPath())],
    [
      'replaced',
      async () => {
        await rm(partPath());
        await writeFile(partPath(), bytes.subarray(0, BREAK_AT));
        // The file system may have given it the same inode within one tick of its clock.
        await utimes(partPath(), 1, 1);
      },
    ],
    [
      'replaced by a link',
      async () => {
        await rm(partPath());
        const other = join(await makeFolder(), 'other');
        await writeFile(other, bytes.subarray(0, BREAK_AT));
        await symlink(other, partPath());
      },
    ],
  ])('begins anew when what it left was %s', async (_name, change) => {
    answerRange = sendRest;
    await breakOff();
    await change();
    await save().path;
    expect(ranges).toEqual([undefined, undefined]);
    await expectWhole();
  });

  it('begins anew when what it leaves was written to before it broke off', async () => {
    answerRange = sendRest;
    let breakNow: () => void = () => undefined;
    answerFirst = (response) => {
      response.writeHead(200, { 'Content-Length': bytes.length }).write(bytes.subarray(0, BREAK_AT));
      breakNow = () => response.destroy();
    };
    const attempt = save();
    await attempt.received;
    const part = await open(partPath(), 'r+');
    await part.write('more', bytes.length - 10);
    await part.close();
    breakNow();
    await expect(attempt.path).rejects.toMatchObject({ error: { code: 'connectionLost' } });
    await save().path;
    expect(ranges).toEqual([undefined, undefined]);
    await expectWhole();
  });

  it('leaves nothing when it is cancelled after all', async () => {
    answerRange = () => undefined;
    await breakOff();
    const attempt = save();
    attempt.abort();
    await expect(attempt.path).rejects.toMatchObject({ error: { code: 'cancelled' } });
    expect(await readdir(folder)).toEqual([]);
  });
});
