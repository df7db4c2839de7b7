import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callServer, toBody } from './raw-client.ts';
import { type LocalServer, startServer } from './server.ts';

let server: LocalServer;

beforeEach(async () => {
  server = await startServer();
});

afterEach(() => server.close());

describe('a key that is confined to another place', () => {
  it('reads itself, and meets 404 on everything else', async () => {
    const { key } = server.keys.add({ isConfined: true });
    const [file] = server.seed(1);
    const headers = { authorization: `Bearer ${key}` };
    expect((await callServer(server, '/key', { headers })).status).toBe(200);
    for (const [method, path] of [
      ['GET', '/files'],
      ['POST', '/files'],
      ['GET', `/files/${file?.id}`],
      ['DELETE', `/files/${file?.id}`],
      ['GET', `/files/${file?.id}/content`],
    ] as const) {
      const answer = await callServer(server, path, { method, headers });
      expect(answer.status).toBe(404);
      expect(toBody(answer)).toEqual({ error: { code: 404, message: 'Resource not found' } });
    }
    expect(server.files.size).toBe(1);
  });
});

describe('an edit by the server’s own tool', () => {
  it('makes a file of the same name that can be downloaded, and leaves the one that was edited', async () => {
    const original = server.files.add({ name: 'notes/plan.md', mimeType: 'text/markdown', sizeBytes: 4 });
    const edited = server.files.edit(original.id, 'A new plan.\n');
    expect(edited.id).not.toBe(original.id);
    const { data } = toBody(await callServer(server, '/files'));
    expect(data).toMatchObject([
      { id: original.id, filename: 'notes/plan.md', downloadable: false, size_bytes: 4 },
      { id: edited.id, filename: 'notes/plan.md', downloadable: true, size_bytes: 12 },
    ]);
    const content = await callServer(server, `/files/${edited.id}/content`);
    expect(content.bytes.toString()).toBe('A new plan.\n');
  });

  it('writes no more than 20 MB', () => {
    const { id } = server.files.add({ name: 'plan.md' });
    expect(() => server.files.edit(id, 'x'.repeat(20_000_001))).toThrow('20 MB');
  });
});
