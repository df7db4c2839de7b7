import { afterEach, beforeEach, expect, test } from 'vitest';
import { callServer, uploadBytes } from './raw-client.ts';
import { type LocalServer, startServer } from './server.ts';

let server: LocalServer;

beforeEach(async () => {
  server = await startServer();
});

afterEach(async () => {
  await server.close();
});

test('a request is logged with everything but the key', async () => {
  await callServer(server, '/files?limit=7', { headers: { 'x-openrouter-title': 'Files' } });
  const logged = server.requests.last();
  expect(logged).toMatchObject({
    number: 1,
    operation: 'list',
    method: 'GET',
    path: '/api/v1/files',
    query: { limit: '7' },
    authorization: { keyLabel: server.key.label },
    status: 200,
    bytesReceived: 0,
    fault: null,
  });
  expect(logged?.headers['x-openrouter-title']).toBe('Files');
  expect(JSON.stringify(server.requests.all())).not.toContain(server.apiKey);
});

test('a missing and an unknown key are told apart', async () => {
  await callServer(server, '/files', { headers: { authorization: '' } });
  await callServer(server, '/files', { headers: { authorization: 'Bearer sk-or-v1-unknown' } });
  expect(server.requests.all().map((request) => request.authorization)).toEqual(['none', 'unknown']);
  expect(JSON.stringify(server.requests.all())).not.toContain('sk-or-v1-unknown');
});

test('bytes are counted in both directions', async () => {
  const answer = await uploadBytes(server, 'a.txt', Buffer.alloc(10_000, 'a'));
  const logged = await server.waitFor((request) => request.endedAt !== null);
  expect(logged.bytesReceived).toBeGreaterThan(10_000);
  expect(logged.bytesReceived).toBeLessThan(10_400);
  expect(logged.bytesSent).toBe(answer.bytes.byteLength);
  expect(logged.isAbortedByClient).toBe(false);
});

test('waiting sees the past and the future, and says what there was when nothing came', async () => {
  const future = server.waitFor((request) => request.operation === 'key' && request.status === 200);
  await callServer(server, '/key');
  const past = await server.waitFor((request) => request.operation === 'key' && request.status === 200);
  expect(await future).toBe(past);
  await expect(server.waitFor((request) => request.operation === 'delete', 20)).rejects.toThrow(
    'No such request within 20 ms. Seen: GET /api/v1/key 200',
  );
});

test('many requests on one connection need no listener each', async () => {
  const warnings: string[] = [];
  const note = (warning: Error) => void warnings.push(warning.name);
  process.on('warning', note);
  for (let count = 0; count < 30; count += 1) await fetch(`${server.baseUrl}/nowhere`);
  await Promise.all(Array.from({ length: 30 }, () => callServer(server, '/files')));
  process.off('warning', note);
  expect(warnings).toEqual([]);
  expect(server.requests.all()).toHaveLength(60);
});
