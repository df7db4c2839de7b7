import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createBufferContent } from '../server/content.ts';
import type { StoredFile } from '../server/store.ts';
import { never } from './client-bench.ts';
import { setUpTransfers } from './transfers-bench.ts';

const bench = setUpTransfers();
const ERROR = '{"error":{"code":503,"message":"Storage is being moved"}}';
const PAGE = '<!DOCTYPE html><html><body>Sign in to the network</body></html>';
const REPORTED = { code: 'reportedError', status: 200, serverMessage: 'Storage is being moved' } as const;
const HTML = { code: 'unexpectedAnswer', status: 200, detail: 'html' } as const;

const addFile = (sizeBytes: number, mimeType = 'text/csv') =>
  bench.server.files.add({
    name: 'out/report.csv',
    mimeType,
    content: createBufferContent(Buffer.alloc(sizeBytes, 'a,b\n')),
  });

/** Downloads a file whose request is answered with this, each time, and gives how that ended. */
async function download({ id }: StoredFile, body: string, headers: Readonly<Record<string, string>>) {
  const location = await bench.openHere();
  bench.server.faults.inject({
    on: 'download',
    times: Number.POSITIVE_INFINITY,
    fault: { kind: 'answer', status: 200, body, headers },
  });
  const file = await location.client.readFile(id, never);
  const target = { path: join(bench.folder, 'report.csv'), replaces: null };
  location.transfers.queue.add([{ direction: 'save', file, target }]);
  return location.waitFor(({ state }) => state === 'done' || state === 'failed');
}

describe('a download that is answered with 200', () => {
  it.each([
    ['an error of the listed length', ERROR, ERROR.length, 'application/json', REPORTED],
    [
      'an error of the listed length',
      ERROR,
      ERROR.length,
      'application/problem+json; charset=utf-8',
      REPORTED,
    ],
    ['an error of another length', ERROR, 400_000, 'application/json', REPORTED],
    ['an error as bytes', ERROR, 400_000, 'application/octet-stream', REPORTED],
    ['an error of no type', ERROR, 400_000, null, REPORTED],
    ['an error in other words', '{"detail":"Storage is being moved"}', 400_000, null, REPORTED],
    ['a web page of the listed length', PAGE, PAGE.length, 'text/html; charset=utf-8', HTML],
    ['a web page of another length', PAGE, 400_000, 'text/html', HTML],
    ['a web page of no type', PAGE, 400_000, null, HTML],
    [
      'other JSON of the listed length',
      '{"status":"queued"}',
      19,
      'application/json',
      { ...HTML, detail: 'malformed' },
    ],
  ] as const)(
    'and %s fails at once with what the server said',
    async (_name, body, sizeBytes, type, error) => {
      const failed = await download(addFile(sizeBytes), body, type === null ? {} : { 'content-type': type });
      expect(failed).toMatchObject({ state: 'failed', error, attempts: 1 });
      expect(bench.server.requests.all('download')).toHaveLength(1);
      expect((await readdir(bench.folder)).filter((name) => name !== 'records')).toEqual([]);
    },
  );

  it.each([
    ['application/json', ERROR],
    ['text/html', PAGE],
  ])('and a file that is of type %s itself is the file', async (mimeType, content) => {
    const file = addFile(content.length, mimeType);
    expect(await download(file, content, { 'content-type': mimeType })).toMatchObject({ state: 'done' });
    expect(await readFile(join(bench.folder, 'report.csv'), 'utf8')).toBe(content);
  });

  it('and less than was listed, that is no error, is incomplete and tried again', async () => {
    const { error, attempts } = await download(addFile(400), 'a,b\n', {});
    expect(error).toEqual({ code: 'incompleteDownload', expectedBytes: 400, receivedBytes: 4 });
    expect(attempts).toBe(5);
  });
});
