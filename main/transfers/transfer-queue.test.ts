import { describe, expect, it } from 'vitest';
import { AppFailure } from '#app/errors.ts';
import type { Transfer } from '#app/transfers/transfer.ts';
import { createTransferQueue, type TransferJob } from './transfer-queue.ts';

interface Held {
  readonly job: TransferJob;
  finish(): void;
  fail(cause: unknown): void;
}

function createHeldJob(name: string, running: string[] = []): Held {
  let finish: () => void = () => undefined;
  let fail: (cause: unknown) => void = () => undefined;
  const held = new Promise<void>((resolve, reject) => {
    finish = resolve;
    fail = reject;
  });
  const job: TransferJob = {
    direction: 'upload',
    name,
    sizeBytes: 10,
    fileId: null,
    path: `/source/${name}`,
    run: async (report, signal) => {
      running.push(name);
      report.move('sending');
      signal.addEventListener('abort', () => fail(new AppFailure({ code: 'cancelled' })));
      await held;
      report.move('verifying');
    },
  };
  return { job, finish: () => finish(), fail: (cause) => fail(cause) };
}

function createQueue(concurrency = 2) {
  const changes: Transfer[] = [];
  const queue = createTransferQueue({
    concurrency,
    onChange: (transfer) => changes.push(transfer),
    toUnexpected: () => ({ code: 'unexpected', errorId: 'error-1' }),
  });
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return { queue, changes, settled };
}

describe('the transfer queue', () => {
  it('works on no more than its concurrency, in the order of asking', async () => {
    const running: string[] = [];
    const jobs = ['a', 'b', 'c', 'd'].map((name) => createHeldJob(name, running));
    const { queue, settled } = createQueue(2);
    queue.add(jobs.map(({ job }) => job));
    expect(running).toEqual(['a', 'b']);
    jobs[1]?.finish();
    await settled();
    expect(running).toEqual(['a', 'b', 'c']);
    for (const job of jobs) job.finish();
    await settled();
    await settled();
    expect(queue.list().map((transfer) => transfer.state)).toEqual(['done', 'done', 'done', 'done']);
  });

  it('goes on after a failure, whatever it was', async () => {
    const { queue, settled } = createQueue(1);
    const [first, second, third] = [createHeldJob('a'), createHeldJob('b'), createHeldJob('c')];
    queue.add([first.job, second.job, third.job]);
    first.fail(new AppFailure({ code: 'offline' }));
    second.fail(new Error('a fault of ours'));
    third.finish();
    for (let i = 0; i < 5; i += 1) await settled();
    expect(queue.list().map(({ state, error }) => [state, error?.code])).toEqual([
      ['failed', 'offline'],
      ['failed', 'unexpected'],
      ['done', undefined],
    ]);
  });

  it('retries what did not succeed and nothing else', async () => {
    const { queue, settled } = createQueue();
    const [failed, done] = [createHeldJob('a'), createHeldJob('b')];
    queue.add([failed.job, done.job]);
    failed.fail(new AppFailure({ code: 'offline' }));
    done.finish();
    await settled();
    await settled();
    queue.retry(queue.list().map((transfer) => transfer.id));
    expect(queue.list().map((transfer) => transfer.state)).toEqual(['sending', 'done']);
  });

  it('never says more bytes than there are', async () => {
    const { queue, changes, settled } = createQueue();
    queue.add([
      {
        ...createHeldJob('a').job,
        run: async (report) => {
          report.move('sending');
          report.progress(99);
          report.move('verifying');
        },
      },
    ]);
    await settled();
    expect(Math.max(...changes.map((change) => change.transferredBytes))).toBe(10);
  });

  it('clears what is finished and keeps the rest', async () => {
    const { queue, settled } = createQueue();
    const [done, running] = [createHeldJob('a'), createHeldJob('b')];
    queue.add([done.job, running.job]);
    done.finish();
    await settled();
    await settled();
    queue.clearFinished();
    expect(queue.list().map((transfer) => transfer.name)).toEqual(['b']);
  });

  it('cancels everything when it closes, and starts nothing any more', async () => {
    const running: string[] = [];
    const { queue } = createQueue(1);
    queue.add(['a', 'b'].map((name) => createHeldJob(name, running).job));
    await queue.close();
    expect(queue.list().map((transfer) => transfer.state)).toEqual(['cancelled', 'cancelled']);
    expect(running).toEqual(['a']);
  });
});
