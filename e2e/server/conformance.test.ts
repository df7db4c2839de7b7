import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createBufferContent } from './content.ts';
import { toDefaultMessage } from './errors.ts';
import type { Fault } from './faults.ts';
import {
  type CallOptions,
  CURRENT_GENERATION,
  type FileOperation,
  OLDER_GENERATION,
  type SdkClient,
  type SdkGeneration,
  UnknownShape,
} from './sdk-generations.ts';
import { type LocalServer, startServer } from './server.ts';
import type { StoredFile } from './store.ts';

const OPERATIONS: readonly FileOperation[] = ['list', 'upload', 'retrieve', 'delete', 'download'];
const STATUSES = [400, 401, 402, 403, 404, 408, 413, 429, 500, 502, 503];

const GENERATED = Buffer.from('month,revenue\nJan,42\n');
const OTHER_WORKSPACE = '0b3c9a50-53f4-4c37-9f39-5d3c1b0d8a11';

const CLASS_BY_STATUS = {
  400: 'BadRequestResponseError',
  401: 'UnauthorizedResponseError',
  403: 'ForbiddenResponseError',
  404: 'NotFoundResponseError',
  413: 'PayloadTooLargeResponseError',
  429: 'TooManyRequestsResponseError',
  500: 'InternalServerResponseError',
  502: 'BadGatewayResponseError',
  503: 'ServiceUnavailableResponseError',
} as const;

type KnownStatus = keyof typeof CLASS_BY_STATUS;

let server: LocalServer;
let generated: StoredFile;

beforeEach(async () => {
  server = await startServer();
  generated = server.files.add({
    name: 'r.csv',
    mimeType: 'text/csv',
    content: createBufferContent(GENERATED),
  });
});

afterEach(async () => {
  await server.close();
});

async function collect(client: SdkClient, limit: number): Promise<readonly (readonly string[])[]> {
  const pages: (readonly string[])[] = [];
  for await (const page of client.list({ limit })) pages.push(page.map((file) => file.id));
  return pages;
}

/** Carries an operation out and gives the error that it throws. */
async function provoke(client: SdkClient, operation: FileOperation, options?: CallOptions): Promise<unknown> {
  try {
    await run(client, operation, options);
  } catch (error) {
    return error;
  }
  throw new Error(`${operation} did not fail`);
}

async function run(client: SdkClient, operation: FileOperation, options?: CallOptions): Promise<unknown> {
  switch (operation) {
    case 'list':
      for await (const page of client.list({ limit: 10 }, options)) return page;
      return null;
    case 'upload':
      return client.upload(new File(['some text'], 'a.txt'), options);
    default:
      return client[operation](generated.id, options);
  }
}

function isKnown(generation: SdkGeneration, operation: FileOperation, status: number): status is KnownStatus {
  return generation.errorTable[operation].includes(status);
}

describe.each([CURRENT_GENERATION, OLDER_GENERATION])('SDK $version', (generation) => {
  const { errors } = generation;
  let client: SdkClient;

  beforeEach(() => {
    client = generation.connect(server.baseUrl, server.apiKey);
  });

  function expectStatus(error: unknown, status: KnownStatus): void {
    expect(error).toBeInstanceOf(errors[CLASS_BY_STATUS[status]]);
    expect(error).toMatchObject({ statusCode: status, error: { code: status } });
  }

  describe('the five operations', () => {
    test('list walks all pages by cursor, oldest first', async () => {
      server.seed(249);
      const pages = await collect(client, 100);
      expect(pages.map((page) => page.length)).toEqual([100, 100, 50]);
      expect(pages.flat()).toEqual(server.files.all().map((file) => file.id));
      expect(server.requests.all('list').map((request) => request.query['limit'])).toEqual([
        '100',
        '100',
        '100',
      ]);
    });

    test('upload, retrieve, delete', async () => {
      const bytes = Buffer.from('{"größe": 1}');
      const file = await client.upload(new File([bytes], 'données/été.json'));
      expect(file).toMatchObject({
        filename: 'données/été.json',
        mimeType: 'application/json',
        sizeBytes: bytes.byteLength,
        downloadable: false,
      });
      expect(server.files.get(file.id)?.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
      expect(await client.retrieve(file.id)).toEqual(file);
      expect(await client.delete(file.id)).toBe(file.id);
      expect(server.files.get(file.id)).toBeUndefined();
    });

    test('download gives the bytes of a server-generated file', async () => {
      expect(await client.download(generated.id)).toEqual(GENERATED);
      expect(await client.retrieve(generated.id)).toMatchObject({ downloadable: true, mimeType: 'text/csv' });
    });

    test('a Blob without a name is stored as "blob"', async () => {
      const file = await client.upload(new Blob(['text']));
      expect(file.filename).toBe('blob');
    });

    test('the key is read, with every field that this generation demands', async () => {
      expect(await client.readKey()).toBe(server.key.label);
    });

    test('an id of the old form serves as well', async () => {
      const old = server.files.add({ name: 'old.txt', id: 'file_011CNha8iCJcU1wXNR6q4V8w' });
      expect((await client.retrieve(old.id)).id).toBe(old.id);
      expect(await client.delete(old.id)).toBe(old.id);
    });
  });

  describe('every status of every operation', () => {
    test.each(OPERATIONS.flatMap((operation) => STATUSES.map((status) => [operation, status] as const)))(
      '%s %i',
      async (operation, status) => {
        server.faults.inject({
          on: operation,
          fault: {
            kind: 'status',
            status,
            userId: 'user_1',
            openrouterMetadata: { a: 1 },
            metadata: { b: 2 },
          },
        });
        const error = await provoke(client, operation);
        if (isKnown(generation, operation, status)) {
          expectStatus(error, status);
          expect(error).toMatchObject({
            error: { message: toDefaultMessage(status), metadata: { b: 2 } },
            userId: 'user_1',
            openrouterMetadata: { a: 1 },
          });
        } else {
          expect(error).toBeInstanceOf(errors.OpenRouterDefaultError);
          expect(error).toMatchObject({ statusCode: status });
        }
        expect(server.requests.all(operation)).toHaveLength(1);
      },
    );
  });

  describe('refusals that need no fault', () => {
    test('401 for a wrong key, on every operation', async () => {
      const stranger = generation.connect(server.baseUrl, 'sk-or-v1-wrong');
      for (const operation of OPERATIONS) expectStatus(await provoke(stranger, operation), 401);
    });

    test('404 for a file that is gone or of another workspace', async () => {
      const { key } = server.keys.add({ workspaceId: OTHER_WORKSPACE });
      const neighbour = generation.connect(server.baseUrl, key);
      for (const operation of ['retrieve', 'delete', 'download'] as const) {
        expectStatus(await provoke(neighbour, operation), 404);
      }
      await client.delete(generated.id);
      expectStatus(await provoke(client, 'delete'), 404);
    });

    test('400 for an empty file, another type, a bad name, and the content of an upload', async () => {
      for (const file of [
        new File([], 'a.txt'),
        new File([Buffer.from([0, 1, 2, 3])], 'a.txt'),
        new File(['a'], '/a'),
      ]) {
        expectStatus(await client.upload(file).catch((error: unknown) => error), 400);
      }
      const { id } = await client.upload(new File(['a'], 'a.txt'));
      expectStatus(await client.download(id).catch((error: unknown) => error), 400);
    });

    test('413 for a byte over 100 MiB', { timeout: 30_000 }, async () => {
      const file = new File([Buffer.alloc(104_857_601, 'a')], 'over.txt');
      expectStatus(await client.upload(file).catch((error: unknown) => error), 413);
    });

    test('403 for a full workspace', async () => {
      server.settings.quotaBytes = 10;
      expectStatus(await provoke(client, 'upload'), 403);
    });

    test('403 for another workspace than the key’s: without a class in the older generation', async () => {
      const listing = client.list({ workspaceId: OTHER_WORKSPACE })[Symbol.asyncIterator]();
      const error = await listing.next().catch((thrown: unknown) => thrown);
      const { ForbiddenResponseError, OpenRouterDefaultError } = errors;
      const hasClass = generation.errorTable.list.includes(403);
      expect(error).toBeInstanceOf(hasClass ? ForbiddenResponseError : OpenRouterDefaultError);
      expect(error).toMatchObject({ statusCode: 403 });
    });
  });

  describe('failures without a status of their own', () => {
    function failWith(fault: Fault): void {
      server.faults.inject({ on: 'any', fault });
    }

    test('an HTML page is an OpenRouterDefaultError', async () => {
      failWith({ kind: 'html', status: 502 });
      const error = await provoke(client, 'list');
      expect(error).toBeInstanceOf(errors.OpenRouterDefaultError);
      expect(error).toMatchObject({ statusCode: 502, contentType: 'text/html; charset=utf-8' });
    });

    test.each(['malformedJson', 'emptyBody'] as const)('%s is a bare SyntaxError', async (kind) => {
      failWith({ kind });
      expect(await provoke(client, 'retrieve')).toBeInstanceOf(SyntaxError);
    });

    test('an error body without a message is a ResponseValidationError', async () => {
      const headers = { 'content-type': 'application/json' };
      failWith({ kind: 'answer', status: 429, headers, body: '{"error":{"code":429}}' });
      expect(await provoke(client, 'delete')).toBeInstanceOf(errors.ResponseValidationError);
    });

    test.each(OPERATIONS)('%s over a torn connection is a ConnectionError', async (operation) => {
      failWith({ kind: 'reset', at: 'headers' });
      expect(await provoke(client, operation)).toBeInstanceOf(errors.ConnectionError);
    });

    test('a hang is a RequestTimeoutError once the time is over', async () => {
      failWith({ kind: 'hang', at: 'body' });
      expect(await provoke(client, 'retrieve', { timeoutMs: 50 })).toBeInstanceOf(errors.RequestTimeoutError);
      await server.waitFor((request) => request.isAbortedByClient);
    });

    test('a hang that the caller gives up is a RequestAbortedError', async () => {
      failWith({ kind: 'hang', at: 'body' });
      const controller = new AbortController();
      const error = provoke(client, 'retrieve', { signal: controller.signal });
      await server.waitFor((request) => request.isHeld);
      controller.abort();
      expect(await error).toBeInstanceOf(errors.RequestAbortedError);
    });

    test('a truncated download fails', async () => {
      failWith({ kind: 'truncatedBody', afterBytes: 5, framing: 'contentLength' });
      expect(await provoke(client, 'download')).toBeInstanceOf(Error);
    });

    test('a download of another content type is an OpenRouterDefaultError', async () => {
      failWith({ kind: 'answer', status: 200, headers: { 'content-type': 'text/csv' }, body: 'a' });
      expect(await provoke(client, 'download')).toBeInstanceOf(errors.OpenRouterDefaultError);
    });
  });

  describe('pages that mislead', () => {
    test('an empty page with a cursor ends the walk early', async () => {
      server.seed(29);
      server.faults.inject({ on: 'list', from: 2, fault: { kind: 'emptyPage' } });
      expect((await collect(client, 10)).map((page) => page.length)).toEqual([10, 0]);
    });

    test('a repeated cursor is followed for ever', async () => {
      server.seed(29);
      server.faults.inject({
        on: 'list',
        times: Number.POSITIVE_INFINITY,
        fault: { kind: 'repeatedCursor' },
      });
      const firstIds: unknown[] = [];
      for await (const [first] of client.list({ limit: 10 })) {
        firstIds.push(first?.id);
        if (firstIds.length === 5) break;
      }
      expect(new Set(firstIds).size).toBe(2);
    });
  });
});

describe('what sets the generations apart', () => {
  test('without _shape 1.3.19 reads nothing, 1.0.17 everything', async () => {
    server.settings.shapeMarks = 'nowhere';
    const current = CURRENT_GENERATION.connect(server.baseUrl, server.apiKey);
    const older = OLDER_GENERATION.connect(server.baseUrl, server.apiKey);
    for (const operation of ['list', 'upload', 'retrieve'] as const) {
      expect(await provoke(current, operation)).toBeInstanceOf(UnknownShape);
    }
    expect(await collect(older, 10)).toEqual([server.files.all().map((file) => file.id)]);
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
        expect(await provoke(generation.connect(server.baseUrl, server.apiKey), 'list')).toBeInstanceOf(
          expected,
        );
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
    expect(await provoke(current, 'list')).toBeInstanceOf(UnknownShape);
    expect(await collect(OLDER_GENERATION.connect(server.baseUrl, server.apiKey), 10)).toEqual([
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
      await expect(current.readKey()).rejects.toBeInstanceOf(
        CURRENT_GENERATION.errors.ResponseValidationError,
      );
      const older = OLDER_GENERATION.connect(server.baseUrl, server.apiKey);
      expect(await older.readKey()).toBe(server.key.label);
    },
  );
});
