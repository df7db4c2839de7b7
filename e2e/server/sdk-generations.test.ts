import { afterEach, beforeEach, expect, test } from 'vitest';
import { createBufferContent } from './content.ts';
import { collectIds, provoke } from './sdk-calls.ts';
import { CURRENT_GENERATION, OLDER_GENERATION, UnknownShape } from './sdk-generations.ts';
import { type LocalServer, startServer } from './server.ts';
import type { StoredFile } from './store.ts';

let server: LocalServer;
let generated: StoredFile;

beforeEach(async () => {
  server = await startServer();
  generated = server.files.add({
    name: 'r.csv',
    mimeType: 'text/csv',
    content: createBufferContent(Buffer.from('a,b\n1,2\n')),
  });
});

afterEach(async () => {
  await server.close();
});

test('without _shape 1.3.19 reads nothing, 1.0.17 everything', async () => {
  server.settings.shapeMarks = 'nowhere';
  const current = CURRENT_GENERATION.connect(server.baseUrl, server.apiKey);
  const older = OLDER_GENERATION.connect(server.baseUrl, server.apiKey);
  for (const operation of ['list', 'upload', 'retrieve'] as const) {
    expect(await provoke(current, operation, generated.id)).toBeInstanceOf(UnknownShape);
  }
  expect(await collectIds(older, 10)).toEqual([server.files.all().map((file) => file.id)]);
  expect((await older.retrieve(generated.id)).id).toBe(generated.id);
});

test.each([{ omit: ['size_bytes'] }, { set: { size_bytes: 1.5 } }, { set: { downloadable: 'yes' } }])(
  'one bad row costs the page: UNKNOWN in 1.3.19, a ResponseValidationError in 1.0.17 (%j)',
  async (change) => {
    server.seed(5);
    for (const [generation, expected] of [
      [CURRENT_GENERATION, UnknownShape],
      [OLDER_GENERATION, OLDER_GENERATION.errors.ResponseValidationError],
    ] as const) {
      server.faults.inject({ on: 'list', fault: { kind: 'changedRow', row: 2, ...change } });
      expect(
        await provoke(generation.connect(server.baseUrl, server.apiKey), 'list', generated.id),
      ).toBeInstanceOf(expected);
    }
  },
);

test('an unknown _shape on a row costs 1.3.19 the page and 1.0.17 nothing', async () => {
  server.faults.inject({
    on: 'list',
    times: 2,
    fault: { kind: 'changedRow', row: 0, set: { _shape: 'new' } },
  });
  const current = CURRENT_GENERATION.connect(server.baseUrl, server.apiKey);
  expect(await provoke(current, 'list', generated.id)).toBeInstanceOf(UnknownShape);
  expect(await collectIds(OLDER_GENERATION.connect(server.baseUrl, server.apiKey), 10)).toEqual([
    [generated.id],
  ]);
});

test.each(['workspace_id', 'organization_id', 'allowed_data_regions', 'free_model_daily_requests'])(
  'GET /key without %s is refused by 1.3.19 and read by 1.0.17',
  async (field) => {
    const body = await (
      await fetch(`${server.baseUrl}/key`, { headers: { authorization: `Bearer ${server.apiKey}` } })
    ).json();
    const { [field]: _, ...data } = body.data;
    server.faults.inject({ on: 'key', times: 2, fault: { kind: 'changedBody', set: { data } } });
    const current = CURRENT_GENERATION.connect(server.baseUrl, server.apiKey);
    await expect(current.readKey()).rejects.toBeInstanceOf(CURRENT_GENERATION.errors.ResponseValidationError);
    const older = OLDER_GENERATION.connect(server.baseUrl, server.apiKey);
    expect(await older.readKey()).toBe(server.key.label);
  },
);
