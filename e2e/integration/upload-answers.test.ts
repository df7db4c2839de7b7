import { describe, expect, it } from 'vitest';
import type { Fault } from '../server/faults.ts';
import { inState, setUpTransfers } from './transfers-bench.ts';

const bench = setUpTransfers();
const CONTENT = 'hello, world\n';
/** Far more than the system takes from a sender before the server has read it. */
const HUGE_BYTES = 64_000_000;

function answerWith(fields: Readonly<Record<string, unknown>>, at: 'headers' | 'body' | 'applied'): Fault {
  const body = JSON.stringify({
    id: 'or_file_made_up',
    filename: 'a.txt',
    mime_type: 'text/plain',
    size_bytes: CONTENT.length,
    created_at: new Date().toISOString(),
    downloadable: false,
    ...fields,
  });
  return { kind: 'answer', status: 200, body, at };
}

describe('an upload that is answered with 200', () => {
  it('before the server had its body is looked for, and not told as done when it is not there', async () => {
    const location = await bench.openHere();
    bench.server.faults.inject({ on: 'upload', fault: answerWith({ size_bytes: HUGE_BYTES }, 'headers') });
    const lists = bench.server.requests.all('list').length;
    const id = location.upload(await bench.write('a.txt', 'x'.repeat(HUGE_BYTES)), 'a.txt');
    const failed = await location.waitFor(inState(id, 'failed'));
    expect(failed.error).toEqual({ code: 'unexpectedAnswer', status: 200, detail: 'early' });
    expect(bench.server.requests.all('list')).toHaveLength(lists + 3);
    expect(location.index.find('or_file_made_up')).toBeUndefined();
    expect(location.told.some(inState(id, 'done'))).toBe(false);
  });

  it.each([
    ['another name', { filename: 'b.txt' }],
    ['another name and size', { filename: 'b.txt', size_bytes: 7 }],
    ['another case', { filename: 'A.txt' }],
  ])('for a file of %s is told as done with the file that a listing shows', async (_name, fields) => {
    const location = await bench.openHere();
    bench.server.faults.inject({ on: 'upload', fault: answerWith(fields, 'applied') });
    const id = location.upload(await bench.write('a.txt'), 'a.txt');
    const done = await location.waitFor(inState(id, 'done'));
    expect(done).toMatchObject({ confirmedBy: 'listing', attempts: 1 });
    expect(done.fileId).toBe(bench.server.files.named('a.txt')[0]?.id);
  });

  it('for a file of another name fails, and says so, when the listing shows none', async () => {
    const location = await bench.openHere();
    bench.server.faults.inject({ on: 'upload', fault: answerWith({ filename: 'b.txt' }, 'body') });
    const id = location.upload(await bench.write('a.txt'), 'a.txt');
    const failed = await location.waitFor(inState(id, 'failed'));
    expect(failed.error).toEqual({ code: 'unexpectedAnswer', status: 200, detail: 'otherFile' });
    expect(bench.server.requests.all('upload')).toHaveLength(1);
  });

  it('for the file of another upload is looked for', async () => {
    const location = await bench.openHere();
    const first = location.upload(await bench.write('a.txt'), 'a.txt');
    const { fileId } = await location.waitFor(inState(first, 'done'));
    bench.server.faults.inject({
      on: 'upload',
      fault: answerWith({ id: fileId, filename: 'b.txt', size_bytes: 5 }, 'body'),
    });
    const second = location.upload(await bench.write('b.txt', 'other'), 'b.txt');
    const failed = await location.waitFor(inState(second, 'failed'));
    expect(failed.error).toMatchObject({ detail: 'otherFile' });
  });

  it('under a name whose accents are written another way is done', async () => {
    const location = await bench.openHere();
    const name = 'caf\u00e9.txt';
    const set = { filename: name.normalize('NFD') };
    bench.server.faults.inject({ on: 'upload', fault: { kind: 'changedBody', set } });
    const id = location.upload(await bench.write('a.txt'), name);
    expect((await location.waitFor(inState(id, 'done'))).confirmedBy).toBe('answer');
  });

  it('and an error fails with the server’s words when the file is not there', async () => {
    const location = await bench.openHere();
    const body = '{"error":{"code":503,"message":"Try later"}}';
    bench.server.faults.inject({ on: 'upload', fault: { kind: 'answer', status: 200, body } });
    const id = location.upload(await bench.write('a.txt'), 'a.txt');
    const failed = await location.waitFor(inState(id, 'failed'));
    expect(failed.error).toEqual({ code: 'reportedError', status: 200, serverMessage: 'Try later' });
  });
});
