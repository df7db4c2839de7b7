import { afterEach, beforeEach, expect, test } from 'vitest';
import { callServer, toBody, toRows } from './raw-client.ts';
import { type LocalServer, startServer } from './server.ts';

const OTHER_WORKSPACE = '0b3c9a50-53f4-4c37-9f39-5d3c1b0d8a11';

let server: LocalServer;

beforeEach(async () => {
  server = await startServer({ now: () => Date.parse('2026-08-25T00:00:00.123Z') });
});

afterEach(async () => {
  await server.close();
});

async function statusOf(path: string): Promise<number> {
  return (await callServer(server, path)).status;
}

test('a page is 100 rows unless told, oldest first, and its cursor leads through all files once', async () => {
  const ids = server.seed(250).map((file) => file.id);
  const seen: unknown[] = [];
  const sizes: number[] = [];
  let cursor: unknown;
  do {
    const page = await callServer(server, `/files${cursor === undefined ? '' : `?cursor=${cursor}`}`);
    const body = toBody(page);
    sizes.push(toRows(page).length);
    seen.push(...toRows(page).map(({ id }) => id));
    expect(body['first_id']).toBe(toRows(page)[0]?.['id']);
    expect(body['last_id']).toBe(seen.at(-1));
    expect(body['has_more']).toBe(body['cursor'] !== null);
    cursor = body['cursor'];
  } while (cursor !== null);
  expect(sizes).toEqual([100, 100, 50]);
  expect(seen).toEqual(ids);
});

test('the cursor is base64url of the last id', async () => {
  server.seed(2);
  const body = toBody(await callServer(server, '/files?limit=1'));
  const decoded: unknown = JSON.parse(Buffer.from(String(body['cursor']), 'base64url').toString());
  expect(decoded).toEqual({ cursor: body['last_id'] });
});

test('an empty workspace has null ids and a null cursor', async () => {
  const body = toBody(await callServer(server, '/files'));
  expect(body).toEqual({
    _shape: 'openrouter',
    data: [],
    has_more: false,
    first_id: null,
    last_id: null,
    cursor: null,
  });
});

test('a cursor goes on where a file was that has since been deleted', async () => {
  const [first, second, third] = server.seed(3);
  server.files.delete(second?.id ?? '');
  expect(toRows(await callServer(server, `/files?after=${first?.id}`)).map(({ id }) => id)).toEqual([
    third?.id,
  ]);
  expect(toRows(await callServer(server, `/files?after_id=${second?.id}`)).map(({ id }) => id)).toEqual([
    third?.id,
  ]);
});

test.each([
  ['limit=0', 400],
  ['limit=1', 200],
  ['limit=1000', 200],
  ['limit=1001', 400],
  ['limit=ten', 400],
  ['order=asc', 200],
  ['order=desc', 400],
  ['before_id=or_file_1', 400],
  ['cursor=nonsense', 400],
  ['after=or_file_unknown', 400],
  ['after=a&cursor=b', 400],
  ['provider=openai', 400],
  ['provider=somebody', 400],
  ['workspace_id=not-a-uuid', 400],
  [`workspace_id=${OTHER_WORKSPACE}`, 403],
])('GET /files?%s answers %i', async (query, status) => {
  expect(await statusOf(`/files?${query}`)).toBe(status);
});

test('the three shapes have exactly the specified fields', async () => {
  server.files.add({
    name: 'document.pdf',
    id: 'or_file_1',
    mimeType: 'application/pdf',
    sizeBytes: 1_024_000,
  });
  const page = async (headers: Record<string, string>) =>
    toBody(await callServer(server, '/files', { headers }));
  const openRouterFile = {
    _shape: 'openrouter',
    id: 'or_file_1',
    type: 'file',
    filename: 'document.pdf',
    mime_type: 'application/pdf',
    size_bytes: 1_024_000,
    created_at: '2026-08-25T00:00:00Z',
    downloadable: false,
  };
  const ends = { has_more: false, first_id: 'or_file_1', last_id: 'or_file_1' };
  expect(await page({})).toEqual({ _shape: 'openrouter', data: [openRouterFile], ...ends, cursor: null });
  expect(await page({ 'anthropic-version': '2023-06-01' })).toEqual({
    _shape: 'anthropic',
    data: [{ ...openRouterFile, _shape: 'anthropic' }],
    ...ends,
  });
  const openAiPage = {
    _shape: 'openai',
    object: 'list',
    data: [
      {
        _shape: 'openai',
        id: 'or_file_1',
        object: 'file',
        bytes: 1_024_000,
        created_at: 1_787_616_000,
        filename: 'document.pdf',
        purpose: 'user_data',
        status: 'processed',
      },
    ],
    ...ends,
  };
  expect(await page({ 'user-agent': 'OpenAI/JS 6.0.0' })).toEqual(openAiPage);
  expect(await page({ 'x-stainless-lang': 'python' })).toEqual(openAiPage);
});

test('_shape can be left off the rows, or everywhere', async () => {
  server.seed(1);
  server.settings.shapeMarks = 'bodyOnly';
  const marked = await callServer(server, '/files');
  expect(toBody(marked)['_shape']).toBe('openrouter');
  expect(toRows(marked)[0]).not.toHaveProperty('_shape');
  server.settings.shapeMarks = 'nowhere';
  expect(toBody(await callServer(server, '/files'))).not.toHaveProperty('_shape');
});

test('a key reaches its own workspace; one of the account reaches those that exist', async () => {
  const other = server.keys.add({ workspaceId: OTHER_WORKSPACE });
  const wide = server.keys.add({ reach: 'account' });
  server.seed(3);
  const theirs = server.files.add({ name: 'theirs.txt', workspaceId: OTHER_WORKSPACE });
  const as = (key: string, path: string) =>
    callServer(server, path, { headers: { authorization: `Bearer ${key}` } });
  expect(toRows(await as(other.key, '/files'))).toHaveLength(1);
  expect(toRows(await as(wide.key, '/files'))).toHaveLength(3);
  expect(toRows(await as(wide.key, `/files?workspace_id=${OTHER_WORKSPACE}`))).toHaveLength(1);
  expect((await as(wide.key, '/files?workspace_id=11111111-1111-4111-8111-111111111111')).status).toBe(403);
  expect(await statusOf(`/files/${theirs.id}`)).toBe(404);
});

test('a provider is reached only with a key for it, and has files of its own', async () => {
  const { key } = server.keys.add({ providers: ['openai'] });
  const headers = { authorization: `Bearer ${key}` };
  server.seed(2);
  server.files.add({ name: 'there.txt', storage: 'openai' });
  expect(toRows(await callServer(server, '/files?provider=openai', { headers }))).toHaveLength(1);
  expect((await callServer(server, '/files?provider=anthropic', { headers })).status).toBe(400);
});

test('sorted by id, a new file may appear on a page that was read already', async () => {
  const byId = await startServer({ sortKey: 'id', idStyle: 'before2026July28' });
  try {
    byId.seed(100);
    const before = byId.files.all();
    const added = Array.from({ length: 20 }, () => byId.files.add({ name: 'new.txt' }));
    expect(added.every((file) => /^file_[0-9A-Za-z]{24}$/.test(file.id))).toBe(true);
    const ids = toRows(await callServer(byId, '/files?limit=1000')).map(({ id }) => id);
    expect(ids).toEqual([...before, ...added].map((file) => file.id).toSorted());
    expect(ids.indexOf(added[0]?.id)).toBeLessThan(119);
    for (const file of added) expect(byId.files.delete(file.id)).toBe(true);
    expect(byId.files.all()).toEqual(before);
  } finally {
    await byId.close();
  }
});

test('100,000 files are there quickly, the same every time, within half of the quota', async () => {
  const before = process.cpuUsage();
  const files = server.seed(100_000);
  // Time of the processor: on the clock it would depend on what else the machine does. It is far less on any machine,
  // and far more where each file costs a look through all before it.
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(10_000);
  expect(new Set(files.map((file) => file.id)).size).toBe(100_000);
  const [first] = files;
  if (first === undefined) throw new Error('No file was added');
  expect(server.files.usedBytes(first)).toBeLessThan(server.settings.quotaBytes * 0.6);
  expect(new Set(files.map((file) => file.mimeType)).size).toBe(13);
  const again = await startServer({ now: () => Date.parse('2026-08-25T00:00:00.123Z') });
  const [twin] = again.seed(100_000);
  await again.close();
  expect({ ...twin }).toEqual({ ...first });
});
