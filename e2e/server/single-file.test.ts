import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createBufferContent, createGeneratedContent, type FileContent } from './content.ts';
import { callServer, toBody } from './raw-client.ts';
import { type LocalServer, startServer } from './server.ts';

let server: LocalServer;

beforeEach(async () => {
  server = await startServer();
});

afterEach(async () => {
  await server.close();
});

test('a file is read, deleted, and gone the second time; its bytes are free again', async () => {
  const file = server.files.add({ name: 'a.txt', sizeBytes: 500 });
  expect(toBody(await callServer(server, `/files/${file.id}`))).toMatchObject({
    id: file.id,
    filename: 'a.txt',
  });
  const deleted = await callServer(server, `/files/${file.id}`, { method: 'DELETE' });
  expect(toBody(deleted)).toEqual({ _shape: 'openrouter', id: file.id, type: 'file_deleted' });
  expect(server.files.usedBytes(file)).toBe(0);
  for (const [method, path] of [
    ['DELETE', `/files/${file.id}`],
    ['GET', `/files/${file.id}`],
    ['GET', `/files/${file.id}/content`],
  ] as const) {
    const answer = await callServer(server, path, { method });
    expect(toBody(answer)).toEqual({ error: { code: 404, message: 'Resource not found' } });
    expect(answer.status).toBe(404);
  }
});

test('deletions are confirmed in the other shapes too', async () => {
  const [first, second] = server.seed(2);
  const remove = async (id: string | undefined, headers: Record<string, string>) =>
    toBody(await callServer(server, `/files/${id}`, { method: 'DELETE', headers }));
  expect(await remove(first?.id, { 'user-agent': 'AsyncOpenAI/Python 2.1' })).toEqual({
    _shape: 'openai',
    id: first?.id,
    object: 'file',
    deleted: true,
  });
  expect(await remove(second?.id, { 'anthropic-version': '2023-06-01' })).toEqual({
    _shape: 'anthropic',
    id: second?.id,
    type: 'file_deleted',
  });
});

test('a server-generated file gives its bytes with their length; an uploaded one answers 400', async () => {
  const bytes = Buffer.from('month,revenue\nJan,42\n');
  const file = server.files.add({ name: 'r.csv', content: createBufferContent(bytes) });
  const answer = await callServer(server, `/files/${file.id}/content`);
  expect(answer.bytes).toEqual(bytes);
  expect(answer.headers['content-length']).toBe(String(bytes.byteLength));
  expect(answer.headers['content-type']).toBe('application/octet-stream');
  expect(toBody(await callServer(server, `/files/${file.id}`))['downloadable']).toBe(true);
  const uploaded = server.files.add({ name: 'u.txt' });
  expect((await callServer(server, `/files/${uploaded.id}/content`)).status).toBe(400);
});

test('generated content of 100 MiB arrives whole without ever being held whole', async () => {
  const sizeBytes = 104_857_600;
  const generated = createGeneratedContent(sizeBytes, 7);
  let made = 0;
  const content: FileContent = {
    sizeBytes,
    sha256: generated.sha256,
    *chunks() {
      for (const chunk of generated.chunks()) {
        made += chunk.byteLength;
        yield chunk;
      }
    },
  };
  const file = server.files.add({ name: 'big.csv', content });
  const response = await fetch(`${server.baseUrl}/files/${file.id}/content`, {
    headers: { authorization: `Bearer ${server.apiKey}` },
  });
  const hash = createHash('sha256');
  let received = 0;
  let furthestAhead = 0;
  for await (const chunk of response.body ?? []) {
    furthestAhead = Math.max(furthestAhead, made - received);
    hash.update(chunk);
    received += chunk.byteLength;
  }
  expect(received).toBe(sizeBytes);
  expect(hash.digest('hex')).toBe(file.sha256);
  // What is made ahead of the reader stands in buffers; the memory itself says when it was collected, too.
  expect(furthestAhead).toBeLessThan(sizeBytes / 2);
});

test('generated content differs by seed and by place', () => {
  const contents = [createGeneratedContent(600_000, 1), createGeneratedContent(600_000, 2)];
  expect(new Set(contents.map((content) => content.sha256)).size).toBe(2);
  const chunks = [...createGeneratedContent(600_000, 1).chunks()].map((chunk) =>
    Buffer.from(chunk).toString('latin1'),
  );
  expect(new Set(chunks.map((chunk) => chunk.slice(0, 20))).size).toBe(chunks.length);
  expect(createGeneratedContent(600_000, 1).sha256).toBe(contents[0]?.sha256);
});

test('GET /key tells about the key; 401 without a good one, 403 for one that may not ask', async () => {
  const answer = await callServer(server, '/key');
  expect(toBody(answer)['data']).toMatchObject({
    label: server.key.label,
    workspace_id: server.key.workspaceId,
  });
  expect(answer.bytes.toString()).not.toContain(server.apiKey);
  const as = (authorization: string) => callServer(server, '/key', { headers: { authorization } });
  expect(toBody(await as(''))).toEqual({ error: { code: 401, message: 'Missing Authentication header' } });
  expect((await as('Bearer sk-or-v1-wrong')).status).toBe(401);
  expect((await as(server.apiKey)).status).toBe(401);
  const { key } = server.keys.add({ canReadKey: false });
  expect((await as(`Bearer ${key}`)).status).toBe(403);
  server.keys.revoke(server.apiKey);
  expect((await callServer(server, '/key')).status).toBe(401);
});

test.each([
  ['GET', '/nowhere'],
  ['PATCH', '/files'],
  ['POST', '/key'],
  ['POST', '/files/or_file_1/content'],
])('%s %s is a page of HTML with 404', async (method, path) => {
  const answer = await callServer(server, path, { method });
  expect(answer.status).toBe(404);
  expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(answer.bytes.toString()).toMatch(/^<!DOCTYPE html>/);
});
