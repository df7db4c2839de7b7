import { describe, expect, it } from 'vitest';
import { setUpTransfers } from './transfers-bench.ts';

const bench = setUpTransfers();
const LARGE = 'x'.repeat(300 * 1024);

/** Holds all answers to uploads, and gives how many wait for theirs. */
function holdUploads() {
  const held = bench.server.faults.inject({
    on: 'upload',
    times: Number.POSITIVE_INFINITY,
    fault: { kind: 'hang', at: 'headers' },
  });
  return {
    count: () => bench.server.requests.all('upload').filter(({ isHeld }) => isHeld).length,
    release: () => {
      held.remove();
      held.release();
    },
  };
}

async function upload(
  location: Awaited<ReturnType<typeof bench.openHere>>,
  count: number,
  toContent: (index: number) => string,
) {
  for (let index = 0; index < count; index += 1) {
    const content = toContent(index);
    const name = `${content.length}-${index}.txt`;
    location.upload(await bench.write(name, content), name, content.length);
  }
}

describe('how many transfers run at once', () => {
  it('is 8 for small ones and what a person set for large ones, which do not wait behind each other', async () => {
    const location = await bench.openHere({ speed: 1, concurrency: 2 });
    const held = holdUploads();
    await upload(location, 5, (index) => `${index} ${LARGE}`);
    await upload(location, 20, (index) => `small ${index}`);
    await expect.poll(held.count).toBe(10);
    // Whoever allows more large ones gets them.
    location.transfers.queue.setConcurrency(4);
    await expect.poll(held.count).toBe(12);
    held.release();
    await location.whenAtRest();
    expect(bench.server.files.size).toBe(25);
  });

  it('is one where a person allows one', async () => {
    const location = await bench.openHere({ speed: 1, concurrency: 1 });
    let most = 0;
    let underWay = 0;
    bench.server.settings.latencyMs = { any: 5 };
    await upload(location, 12, (index) => (index % 2 === 0 ? `small ${index}` : `${index} ${LARGE}`));
    await location.whenAtRest();
    const spans = bench.server.requests
      .all('upload')
      .map(({ startedAt, endedAt }) => [startedAt, endedAt ?? 0]);
    for (const [at = 0] of spans) {
      underWay = spans.filter(([from = 0, to = 0]) => from < at && to > at).length + 1;
      most = Math.max(most, underWay);
    }
    expect(spans).toHaveLength(12);
    expect(most).toBe(1);
  });

  it('is fewer when the server asks for less, and more again as it answers', async () => {
    const location = await bench.openHere({ speed: 20, concurrency: 4 });
    bench.server.faults.inject({
      on: 'upload',
      fault: { kind: 'status', status: 429, retryAfterSeconds: 20 },
    });
    location.upload(await bench.write('refused.txt', 'refused'), 'refused.txt', 7);
    await expect.poll(() => location.transfers.queue.status().holds).toHaveLength(1);
    const held = holdUploads();
    await upload(location, 20, (index) => `small ${index}`);
    await upload(location, 6, (index) => `${index} ${LARGE}`);
    await expect.poll(() => location.transfers.queue.status().holds).toEqual([]);
    await expect.poll(held.count).toBe(4 + 2);
    held.release();
    await location.whenAtRest();
    expect(bench.server.files.size).toBe(27);
  });
});
