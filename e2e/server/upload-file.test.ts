import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  callServer,
  openRequest,
  type RawAnswer,
  readAnswer,
  toBody,
  toUpload,
  uploadBytes,
} from './raw-client.ts';
import { type LocalServer, startServer } from './server.ts';

const MAX_FILE_BYTES = 104_857_600;

let server: LocalServer;

beforeEach(async () => {
  server = await startServer();
});

afterEach(async () => {
  await server.close();
});

function upload(name: string, text = 'some text'): Promise<RawAnswer> {
  return uploadBytes(server, name, Buffer.from(text));
}

test('an upload is stored with its name, size, type and hash, and never given back', async () => {
  const bytes = Buffer.from('größe,wert\n1,2\n');
  const answer = await uploadBytes(server, 'données/été "é" 日本.csv'.replaceAll('"', ''), bytes);
  const body = toBody(answer);
  expect(body).toMatchObject({
    _shape: 'openrouter',
    type: 'file',
    filename: 'données/été é 日本.csv',
    mime_type: 'text/csv',
    size_bytes: bytes.byteLength,
    downloadable: false,
  });
  expect(body['id']).toMatch(/^or_file_[0-9A-Za-z]{24}$/);
  const stored = server.files.get(String(body['id']));
  expect(stored?.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  expect((await callServer(server, `/files/${body['id']}/content`)).status).toBe(400);
});

test('the same name twice gives two files', async () => {
  const ids = [await upload('a.txt'), await upload('a.txt')].map((answer) => toBody(answer)['id']);
  expect(new Set(ids).size).toBe(2);
  expect(server.files.named('a.txt')).toHaveLength(2);
});

test.each([
  ['a'.repeat(255), 200],
  ['a'.repeat(256), 400],
  ['😀'.repeat(255), 200],
  ['😀'.repeat(256), 400],
  ['/a.txt', 400],
  ['a.txt/', 400],
  ['a//b.txt', 400],
  ['a/./b.txt', 400],
  ['../b.txt', 400],
  ['..', 400],
  ['a<b.txt', 400],
  ['a|b.txt', 400],
  ['a?b.txt', 400],
  ['a*b.txt', 400],
  ['C:b.txt', 400],
  ['a\\b.txt', 400],
  ['a\u0001b.txt', 400],
  ['a\u0085b.txt', 400],
  ['.hidden', 200],
  ['a b/c (1).txt', 200],
])('the name %j answers %i', async (name, status) => {
  const answer = await upload(name);
  expect(answer.status).toBe(status);
  expect(server.files.named(name)).toHaveLength(status === 200 ? 1 : 0);
});

test('a percent-encoded quote stays as it came', async () => {
  expect(toBody(await upload('a%22b.txt'))['filename']).toBe('a%22b.txt');
});

test('an empty file, content of another type and a malformed body answer 400', async () => {
  expect(toBody(await upload('a.txt', ''))).toEqual({ error: { code: 400, message: 'File is empty' } });
  const refused = await uploadBytes(
    server,
    'a.txt',
    Buffer.from('PK\u0003\u0004\u0014\u0000\u0000\u0000\u0000\u0000'),
  );
  expect(refused.status).toBe(400);
  expect(refused.bytes.toString()).toContain(
    'File type is not allowed. The type is determined from the file contents',
  );
  const { headers, body } = toUpload('a.txt', Buffer.from('text'));
  const cut = await callServer(server, '/files', { method: 'POST', headers, body: body.subarray(0, -10) });
  expect(cut.status).toBe(400);
  expect((await callServer(server, '/files', { method: 'POST', body })).status).toBe(400);
  expect(
    (await callServer(server, '/files', toUpload('a.txt', Buffer.from('text'), 'document'))).status,
  ).toBe(400);
  const two = {
    method: 'POST',
    headers,
    body: Buffer.concat([body.subarray(0, -4), Buffer.from('\r\n'), body]),
  };
  expect((await callServer(server, '/files', two)).status).toBe(400);
  expect(server.files.size).toBe(0);
});

test('100 MiB are taken, quickly; one byte more is refused with 413', async () => {
  const bytes = Buffer.alloc(MAX_FILE_BYTES, 'line of text\n');
  const before = process.cpuUsage();
  const answer = await uploadBytes(server, 'full.txt', bytes);
  // Time of the processor, client included: on the clock it would depend on what else the machine does. It is far
  // less on any machine, and far more where each piece costs a copy of what came before it.
  const { user, system } = process.cpuUsage(before);
  expect(answer.status).toBe(200);
  expect(server.files.all()[0]).toMatchObject({ sizeBytes: MAX_FILE_BYTES, mimeType: 'text/plain' });
  expect(server.files.all()[0]?.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  expect((user + system) / 1000).toBeLessThan(15_000);
  const over = await uploadBytes(server, 'over.txt', Buffer.concat([bytes, Buffer.from('x')]));
  expect(toBody(over)).toEqual({ error: { code: 413, message: 'Request payload too large' } });
  expect(server.files.size).toBe(1);
});

test.each([
  ['a length that no file may have', 413, 200_000_000, 100],
  ['more than the workspace has room for', 403, 50_000, 1500],
])('%s is answered with %i before the rest of the body is sent', async (_reason, status, announced, sent) => {
  server.settings.quotaBytes = 1000;
  const { headers, body } = toUpload('a.txt', Buffer.alloc(2000, 'a'));
  const request = openRequest(server, '/files', {
    method: 'POST',
    headers: { ...headers, 'content-length': String(announced) },
  });
  // The connection is torn below, which is no news.
  request.on('error', () => undefined);
  request.write(body.subarray(0, sent));
  const answer = await new Promise<RawAnswer>((resolve) => {
    request.once('response', (incoming) => void readAnswer(incoming).then(resolve));
  });
  expect(answer.status).toBe(status);
  expect(server.requests.last('upload')?.bytesReceived).toBe(sent);
  request.destroy();
});

test('after an early answer the connection ends if the server is set so, and serves on otherwise', async () => {
  const headers = { authorization: 'Bearer wrong' };
  const kept = await uploadBytes(server, 'a.txt', Buffer.alloc(3_000_000, 'a'), { headers });
  expect(kept.status).toBe(401);
  expect(kept.headers.connection).not.toBe('close');
  server.settings.closesAfterEarlyAnswer = true;
  const { headers: type } = toUpload('a.txt', Buffer.from('a'));
  const request = openRequest(server, '/files', {
    method: 'POST',
    headers: { ...type, ...headers, 'content-length': '3000000' },
  });
  request.on('error', () => undefined);
  request.write('x');
  const answer = await new Promise<RawAnswer>((resolve) => {
    request.once('response', (incoming) => void readAnswer(incoming).then(resolve));
  });
  expect(answer.status).toBe(401);
  expect(answer.headers.connection).toBe('close');
  await server.waitFor((logged) => logged.number === 2 && logged.connectionClosedBy !== null);
});

test('a full workspace answers 403 as soon as that is known; deleting makes room', async () => {
  server.settings.quotaBytes = 1000;
  const first = toBody(await upload('a.txt', 'a'.repeat(600)));
  const second = await upload('b.txt', 'b'.repeat(401));
  expect(second.status).toBe(403);
  expect(server.files.size).toBe(1);
  await callServer(server, `/files/${first['id']}`, { method: 'DELETE' });
  expect((await upload('b.txt', 'b'.repeat(401))).status).toBe(200);
});

test('an upload that the client gives up leaves nothing', async () => {
  const { headers, body } = toUpload('a.txt', Buffer.alloc(500_000, 'a'));
  const request = openRequest(server, '/files', {
    method: 'POST',
    headers: { ...headers, 'content-length': String(body.byteLength) },
  });
  request.on('error', () => undefined);
  request.write(body.subarray(0, 300_000));
  await server.waitFor((logged) => logged.bytesReceived >= 300_000);
  request.destroy();
  const logged = await server.waitFor(
    (entry) => entry.isAbortedByClient && entry.connectionClosedBy === 'client',
  );
  expect(logged).toMatchObject({ operation: 'upload', status: null, bytesReceived: 300_000 });
  expect(server.files.size).toBe(0);
});
