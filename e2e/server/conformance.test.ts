import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createBufferContent } from './content.ts';
import { toDefaultMessage } from './errors.ts';
import type { Fault } from './faults.ts';
import { collectIds, provoke } from './sdk-calls.ts';
import {
  CURRENT_GENERATION,
  type FileOperation,
  OLDER_GENERATION,
  type SdkClient,
  type SdkGeneration,
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
      const pages = await collectIds(client, 100);
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
        const error = await provoke(client, operation, generated.id);
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
      for (const operation of OPERATIONS) expectStatus(await provoke(stranger, operation, generated.id), 401);
    });

    test('404 for a file that is gone or of another workspace', async () => {
      const { key } = server.keys.add({ workspaceId: OTHER_WORKSPACE });
      const neighbour = generation.connect(server.baseUrl, key);
      for (const operation of ['retrieve', 'delete', 'download'] as const) {
        expectStatus(await provoke(neighbour, operation, generated.id), 404);
      }
      await client.delete(generated.id);
      expectStatus(await provoke(client, 'delete', generated.id), 404);
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
      expectStatus(await provoke(client, 'upload', generated.id), 403);
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
      const error = await provoke(client, 'list', generated.id);
      expect(error).toBeInstanceOf(errors.OpenRouterDefaultError);
      expect(error).toMatchObject({ statusCode: 502, contentType: 'text/html; charset=utf-8' });
    });

    test.each(['malformedJson', 'emptyBody'] as const)('%s is a bare SyntaxError', async (kind) => {
      failWith({ kind });
      expect(await provoke(client, 'retrieve', generated.id)).toBeInstanceOf(SyntaxError);
    });

    test('an error body without a message is a ResponseValidationError', async () => {
      const headers = { 'content-type': 'application/json' };
      failWith({ kind: 'answer', status: 429, headers, body: '{"error":{"code":429}}' });
      expect(await provoke(client, 'delete', generated.id)).toBeInstanceOf(errors.ResponseValidationError);
    });

    test.each(OPERATIONS)('%s over a torn connection is a ConnectionError', async (operation) => {
      failWith({ kind: 'reset', at: 'headers' });
      expect(await provoke(client, operation, generated.id)).toBeInstanceOf(errors.ConnectionError);
    });

    test('a hang is a RequestTimeoutError once the time is over', async () => {
      failWith({ kind: 'hang', at: 'body' });
      expect(await provoke(client, 'retrieve', generated.id, { timeoutMs: 1000 })).toBeInstanceOf(
        errors.RequestTimeoutError,
      );
      await server.waitFor((request) => request.isAbortedByClient);
    });

    test('a hang that the caller gives up is a RequestAbortedError', async () => {
      failWith({ kind: 'hang', at: 'body' });
      const controller = new AbortController();
      const error = provoke(client, 'retrieve', generated.id, { signal: controller.signal });
      await server.waitFor((request) => request.isHeld);
      controller.abort();
      expect(await error).toBeInstanceOf(errors.RequestAbortedError);
    });

    test('a truncated download fails', async () => {
      failWith({ kind: 'truncatedBody', afterBytes: 5, framing: 'contentLength' });
      expect(await provoke(client, 'download', generated.id)).toBeInstanceOf(Error);
    });

    test('a download of another content type is an OpenRouterDefaultError', async () => {
      failWith({ kind: 'answer', status: 200, headers: { 'content-type': 'text/csv' }, body: 'a' });
      expect(await provoke(client, 'download', generated.id)).toBeInstanceOf(errors.OpenRouterDefaultError);
    });
  });

  describe('pages that mislead', () => {
    test('an empty page with a cursor ends the walk early', async () => {
      server.seed(29);
      server.faults.inject({ on: 'list', from: 2, fault: { kind: 'emptyPage' } });
      expect((await collectIds(client, 10)).map((page) => page.length)).toEqual([10, 0]);
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
