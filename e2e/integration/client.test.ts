import { describe, expect, it } from 'vitest';
import type { ListPage } from '../../main/file-store/listing.ts';
import type { Fault } from '../server/faults.ts';
import { createKeyedClient, errorOf, never, setUpClient } from './client-bench.ts';

const bench = setUpClient();

describe('the listing', () => {
  it('is walked by cursor to its end', async () => {
    bench.server.seed(2500);
    const pages: ListPage[] = [];
    for (let from: ListPage['next'] = null; from !== 'untold' && pages.length < 3; ) {
      const page = await bench.client.listFiles(from, never);
      pages.push(page);
      from = page.next;
    }
    expect(pages.map((page) => page.files.length)).toEqual([1000, 1000, 500]);
    expect(pages.at(-1)?.next).toBeNull();
    expect(new Set(pages.flatMap((page) => page.files.map((file) => file.id))).size).toBe(2500);
  });

  it.each([
    ['without any _shape', () => Object.assign(bench.server.settings, { shapeMarks: 'nowhere' })],
    [
      'with an unknown _shape',
      () =>
        bench.server.faults.inject({ on: 'list', fault: { kind: 'changedBody', set: { _shape: 'novel' } } }),
    ],
    [
      'with a new field',
      () =>
        bench.server.faults.inject({
          on: 'list',
          fault: { kind: 'changedBody', set: { total_of_next_year: 3 } },
        }),
    ],
  ])('is read %s', async (_name, change) => {
    bench.server.seed(3);
    change();
    expect((await bench.client.listFiles(null, never)).files).toHaveLength(3);
  });

  it.each<[string, Fault]>([
    ['a missing field', { kind: 'changedRow', row: 1, omit: ['size_bytes'] }],
    ['a size that is no integer', { kind: 'changedRow', row: 1, set: { size_bytes: 1.5 } }],
    ['an id that could leave its URL', { kind: 'changedRow', row: 1, set: { id: '../key' } }],
  ])('loses only the row with %s', async (_name, fault) => {
    bench.server.seed(3);
    bench.server.faults.inject({ on: 'list', fault });
    const page = await bench.client.listFiles(null, never);
    expect(page.files).toHaveLength(2);
    expect(page.unreadableRows).toBe(1);
  });

  it.each([
    ['2026-01-01t00:00:00z', Date.UTC(2026, 0, 1)],
    ['2026-01-01T00:00:00+0200', Date.UTC(2025, 11, 31, 22)],
    ['2016-12-31T23:59:60Z', Date.UTC(2017, 0, 1)],
    ['yesterday', null],
    [undefined, null],
  ])('loses no file for how its date is written: %j', async (date, createdAt) => {
    bench.server.seed(3);
    bench.server.faults.inject({
      on: 'list',
      fault: { kind: 'changedRow', row: 1, set: { created_at: date } },
    });
    const page = await bench.client.listFiles(null, never);
    expect(page).toMatchObject({ unreadableRows: 0, files: [{}, { createdAt }, {}] });
  });

  it('that says there is more, and not how to ask for it, is not taken for whole', async () => {
    bench.server.seed(3);
    const set = { has_more: true, cursor: null, last_id: null };
    bench.server.faults.inject({ on: 'list', fault: { kind: 'changedBody', set } });
    expect(await bench.client.listFiles(null, never)).toMatchObject({ files: [{}, {}, {}], next: 'untold' });
  });

  it('accepts ids of the older form', async () => {
    const [file] = bench.server.files.addAll([{ id: 'file_abc123', name: 'old.txt' }]);
    expect((await bench.client.listFiles(null, never)).files[0]?.id).toBe(file?.id);
    expect((await bench.client.readFile('file_abc123', never)).name).toBe('old.txt');
  });
});

describe('checking a key', () => {
  it('gives the server’s abbreviation of it, and whose it is', async () => {
    const { label, workspaceId } = bench.server.key;
    const scope = { userId: 'user_2dHFtVWx2n56w6HkM0000000000', workspaceId };
    expect(await bench.client.checkKey(never)).toEqual({ label, scope });
  });

  it('asks for one row of the listing where a key may not read itself', async () => {
    const { key } = bench.server.keys.add({ canReadKey: false });
    expect(await createKeyedClient(bench.server.baseUrl, key).checkKey(never)).toEqual({
      label: null,
      scope: null,
    });
    expect(bench.server.requests.last('list')?.query).toEqual({ limit: '1' });
  });

  it('refuses an unknown key', async () => {
    expect(await errorOf(createKeyedClient(bench.server.baseUrl, 'sk-or-v1-wrong').checkKey(never))).toEqual({
      code: 'unauthorized',
    });
  });

  it.each([
    ['{}', 'unexpectedAnswer'],
    ['[]', 'unexpectedAnswer'],
    ['{"data":null}', 'unexpectedAnswer'],
    ['{"data":[]}', 'unexpectedAnswer'],
    ['"ok"', 'unexpectedAnswer'],
    ['', 'unexpectedAnswer'],
    ['<!DOCTYPE html><html><body>Sign in</body></html>', 'unexpectedAnswer'],
    ['{"error":{"code":401,"message":"No auth"}}', 'reportedError'],
  ])('accepts none of which a 200 says %s', async (body, code) => {
    bench.server.faults.inject({ on: 'key', fault: { kind: 'answer', status: 200, body } });
    expect(await errorOf(bench.client.checkKey(never))).toMatchObject({ code });
  });

  it('accepts one of which the server says little or new things', async () => {
    const body = '{"data":{"abbreviation":"sk-or-..."}}';
    bench.server.faults.inject({ on: 'key', fault: { kind: 'answer', status: 200, body } });
    expect(await bench.client.checkKey(never)).toEqual({ label: null, scope: null });
  });

  it('tells a wrong endpoint, and a key of another place, from a deleted file', async () => {
    const fault: Fault = { kind: 'status', status: 404 };
    bench.server.faults.inject({ on: 'any', times: Number.POSITIVE_INFINITY, fault });
    expect(await errorOf(bench.client.checkKey(never))).toEqual({
      code: 'keyWithoutFiles',
      serverMessage: 'Resource not found',
    });
  });

  it('sends the attribution that the API asks of apps', async () => {
    await bench.client.checkKey(never);
    expect(bench.server.requests.last('key')?.headers).toMatchObject({
      'x-openrouter-title': 'Files for OpenRouter',
    });
  });
});
