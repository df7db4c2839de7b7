import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { inState, setUpTransfers } from './transfers-bench.ts';

const bench = setUpTransfers();

describe('an upload whose answer was lost', () => {
  it('finds an upload whose answer was lost, and says how it knows', async () => {
    const location = await bench.openHere();
    bench.server.faults.inject({ on: 'upload', fault: { kind: 'reset', at: 'applied' } });
    const id = location.upload(await bench.write('a.txt'), 'a.txt');
    const done = await location.waitFor(inState(id, 'done'));
    expect(done).toMatchObject({ confirmedBy: 'listing', attempts: 1, error: null });
    expect(await bench.statesOf(id)).toEqual([
      'preparing',
      'sending',
      'waitingForServer',
      'interrupted',
      'done',
    ]);
    expect(bench.namesOnServer()).toEqual(['a.txt']);
    expect(bench.server.requests.all('upload')).toHaveLength(1);
  });

  it('looks three times for one that is not there before it sends it again', async () => {
    const location = await bench.openHere();
    bench.server.faults.inject({ on: 'upload', fault: { kind: 'reset', at: 'body' } });
    const before = bench.server.requests.all('list').length;
    const id = location.upload(await bench.write('a.txt'), 'a.txt');
    const done = await location.waitFor(inState(id, 'done'));
    expect(done).toMatchObject({ confirmedBy: 'answer', attempts: 2 });
    const looks = bench.server.requests.all('list').slice(before);
    expect(looks).toHaveLength(3);
    expect(bench.namesOnServer()).toEqual(['a.txt']);
  });

  it.each([
    ['is not there: it is sent again', 'body', 2, 'answer'],
    ['is there: it is done', 'applied', 1, 'listing'],
  ] as const)(
    'takes 499 for a lost answer, and looks first whether the file %s',
    async (_name, at, attempts, confirmedBy) => {
      const location = await bench.openHere();
      bench.server.faults.inject({ on: 'upload', fault: { kind: 'status', status: 499, at } });
      const id = location.upload(await bench.write('a.txt'), 'a.txt');
      const done = await location.waitFor(inState(id, 'done'));
      expect(done).toMatchObject({ confirmedBy, attempts });
      expect(await bench.statesOf(id)).toContain('interrupted');
      expect(bench.namesOnServer()).toEqual(['a.txt']);
    },
  );

  it('looks once for one whose end never left', async () => {
    const location = await bench.openHere();
    bench.server.faults.inject({ on: 'upload', fault: { kind: 'reset', at: { requestBytes: 2_000_000 } } });
    const before = bench.server.requests.all('list').length;
    // Far more than the system takes from a sender before the server has read it.
    const id = location.upload(await bench.write('a.txt', 'x'.repeat(64_000_000)), 'a.txt');
    const done = await location.waitFor(inState(id, 'done'));
    expect(done).toMatchObject({ confirmedBy: 'answer', attempts: 2 });
    expect(bench.server.requests.all('list').slice(before)).toHaveLength(1);
    expect(bench.namesOnServer()).toEqual(['a.txt']);
  });

  it('never sends again what it cannot tell apart', async () => {
    const location = await bench.openHere();
    bench.server.faults.inject({ on: 'upload', fault: { kind: 'reset', at: 'applied' } });
    const look = bench.server.faults.inject({ on: 'list', fault: { kind: 'hang', at: 'headers' } });
    const id = location.upload(await bench.write('a.txt'), 'a.txt');
    // Another program stores a file of the same name and size meanwhile.
    await bench.server.waitFor((request) => request.operation === 'list' && request.isHeld);
    bench.server.files.add({ name: 'a.txt', sizeBytes: 13 });
    look.release();
    const unknown = await location.waitFor(inState(id, 'unknown'));
    expect(unknown.error).toEqual({ code: 'maybeUploaded', reason: 'severalMatches' });
    expect(bench.server.requests.all('upload')).toHaveLength(1);
  });

  it('looks again for an unknown one, and takes its not being there for a failure', async () => {
    const location = await bench.openHere();
    bench.server.faults.inject({ on: 'upload', fault: { kind: 'reset', at: 'body' } });
    const lists = bench.server.faults.inject({
      on: 'list',
      times: Infinity,
      fault: { kind: 'html', status: 200 },
    });
    const id = location.upload(await bench.write('a.txt'), 'a.txt');
    const unknown = await location.waitFor(inState(id, 'unknown'));
    expect(unknown.error).toEqual({ code: 'maybeUploaded', reason: 'lookFailed' });
    lists.remove();
    location.transfers.queue.check([id]);
    await location.waitFor(inState(id, 'failed'));
    expect(bench.server.requests.all('upload')).toHaveLength(1);
    location.transfers.queue.retry([id]);
    await location.waitFor(inState(id, 'done'));
    expect(bench.namesOnServer()).toEqual(['a.txt']);
  });

  it('takes no file for absent while a row of the listing cannot be read', async () => {
    const location = await bench.openHere();
    bench.server.faults.inject({ on: 'upload', fault: { kind: 'reset', at: 'applied' } });
    bench.server.faults.inject({
      on: 'list',
      times: Number.POSITIVE_INFINITY,
      fault: { kind: 'changedRow', row: 0, set: { mime_type: null } },
    });
    const id = location.upload(await bench.write('a.txt'), 'a.txt');
    const unknown = await location.waitFor(inState(id, 'unknown'));
    expect(unknown.error).toEqual({ code: 'maybeUploaded', reason: 'lookFailed' });
    expect(bench.server.requests.all('upload')).toHaveLength(1);
  });

  it('opens with an upload whose mark was lost, and sends it only at a person’s word', async () => {
    const before = await bench.openHere();
    bench.server.faults.inject({ on: 'upload', fault: { kind: 'hang', at: 'applied' } });
    const id = before.upload(await bench.write('a.txt'), 'a.txt');
    await before.waitFor(inState(id, 'waitingForServer'));
    await bench.server.waitFor((request) => request.operation === 'upload' && request.isHeld);
    const journal = bench.journalPath();
    const records = await readFile(journal, 'utf8');
    await bench.close(before);
    // Where the disk is slow the mark grows old on its way, and there is another.
    const damaged = records.replaceAll(/^.*"sent":\{.*$/gm, 'damaged');
    expect(damaged).not.toBe(records);
    await writeFile(journal, damaged);

    const after = await bench.openHere();
    const { transfers, status } = await after.transfers.snapshot();
    expect(status.hasLostRecords).toBe(true);
    expect(transfers).toMatchObject([{ id, state: 'unknown' }]);
    after.transfers.queue.check([id]);
    // Without the mark nobody knows whether the file there is this upload's.
    const unknown = await after.waitFor((transfer) => transfer.error?.code === 'maybeUploaded');
    expect(unknown.id).toBe(id);
    await after.whenAtRest();
    expect(bench.server.requests.all('upload')).toHaveLength(1);
  });

  it('looks for one that is cancelled when all of it had been sent', async () => {
    const location = await bench.openHere();
    bench.server.faults.inject({ on: 'upload', fault: { kind: 'hang', at: 'applied' } });
    const id = location.upload(await bench.write('a.txt'), 'a.txt');
    await location.waitFor(inState(id, 'waitingForServer'));
    await bench.server.waitFor((request) => request.operation === 'upload' && request.isHeld);
    location.transfers.queue.cancel([id]);
    const done = await location.waitFor(inState(id, 'done'));
    expect(done.confirmedBy).toBe('listing');
  });
});
