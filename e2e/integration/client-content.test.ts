import { describe, expect, it } from 'vitest';
import type { FileContent } from '../../main/file-store/file-content.ts';
import type { Fault } from '../server/faults.ts';
import { errorOf, never, setUpClient } from './client-bench.ts';

const bench = setUpClient();

describe('opening content', () => {
  const answer = (status: number, headers: Readonly<Record<string, string>>, body = '56789'): Fault => ({
    kind: 'answer',
    status,
    headers,
    body,
    at: 'headers',
  });
  const open = (fromByte?: number) =>
    bench.client.openContent('or_file_1', { signal: never, ...(fromByte === undefined ? {} : { fromByte }) });
  const bytesOf = async ({ body }: FileContent) => Buffer.concat(await body.toArray()).toString('latin1');

  it('asks for no part and no compression from the start', async () => {
    bench.server.faults.inject({ on: 'download', fault: answer(200, {}, '0123456789') });
    const content = await open();
    expect(content).toMatchObject({ announcedBytes: 10, startByte: 0, totalBytes: 10 });
    expect(await bytesOf(content)).toBe('0123456789');
    const { headers } = bench.server.requests.last('download') ?? {};
    expect(headers).toMatchObject({ 'accept-encoding': 'identity' });
    expect(headers).not.toHaveProperty('range');
  });

  it.each([
    ['bytes 5-9/10', 10],
    ['bytes 5-9/*', null],
  ])('starts at the byte asked for when the server proves it: %s', async (range, totalBytes) => {
    bench.server.faults.inject({ on: 'download', fault: answer(206, { 'Content-Range': range }) });
    const content = await open(5);
    expect(content).toMatchObject({ announcedBytes: 5, startByte: 5, totalBytes });
    expect(await bytesOf(content)).toBe('56789');
    expect(bench.server.requests.last('download')?.headers['range']).toBe('bytes=5-');
  });

  it('starts anew when the server sends all of it', async () => {
    bench.server.faults.inject({ on: 'download', fault: answer(200, {}, '0123456789') });
    const content = await open(5);
    expect(content).toMatchObject({ announcedBytes: 10, startByte: 0, totalBytes: 10 });
    content.body.destroy();
  });

  it('asks once more, for all of it, when the server has no such part', async () => {
    bench.server.faults.inject({ on: 'download', fault: answer(416, {}) });
    bench.server.faults.inject({ on: 'download', from: 2, fault: answer(200, {}, '0123456789') });
    const content = await open(5);
    expect(content).toMatchObject({ startByte: 0, totalBytes: 10 });
    expect(bench.server.requests.all('download').map(({ headers }) => headers['range'])).toEqual([
      'bytes=5-',
      undefined,
    ]);
    content.body.destroy();
  });

  it.each([
    ['elsewhere', 'bytes 4-8/10'],
    ['nowhere', undefined],
    ['in other units', 'lines 5-9/10'],
    ['and ends before it', 'bytes 5-4/10'],
    ['and ends behind the end', 'bytes 5-9/9'],
    ['with another length', 'bytes 5-8/10'],
    ['in parts', 'bytes 5-6,8-9/10'],
  ])('believes no part that starts %s: %s', async (_name, range) => {
    const headers: Readonly<Record<string, string>> = range === undefined ? {} : { 'Content-Range': range };
    bench.server.faults.inject({ on: 'download', fault: answer(206, headers) });
    expect(await errorOf(open(5))).toEqual({ code: 'unexpectedAnswer', status: 206, detail: 'malformed' });
  });

  it('believes no part that nobody asked for', async () => {
    bench.server.faults.inject({
      on: 'download',
      fault: answer(206, { 'Content-Range': 'bytes 0-4/10' }),
    });
    expect(await errorOf(open())).toEqual({ code: 'unexpectedAnswer', status: 206, detail: 'malformed' });
  });
});
