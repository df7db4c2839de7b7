import type { Page } from '@playwright/test';
import { dropFiles } from '../harness/drop-files.ts';
import { expect, test } from '../harness/test.ts';
import { FIGURES } from './findings-reporter.ts';
import { readMemoryAtRest, watchMemory } from './main-memory.ts';
import { injectTrouble } from './soak-faults.ts';
import { toSoakFigures } from './soak-figures.ts';
import { type SoakFiles, writeFirstFiles, writeLargeFiles, writeSmallFiles } from './soak-files.ts';
import { judgeSoak } from './soak-verdict.ts';
import { commandTransfers, listTransfers, whenAllFinished } from './transfers-over-bridge.ts';

const SEED = 27;
const MIB = 1024 * 1024;
const MEMORY_TOLERANCE_BYTES = 20 * MIB;
const TIMEOUT_MS = 15 * 60_000;

test('5,000 small files and 40 of 25 MiB arrive once each through 2 % of trouble', async ({
  launchFiles,
  server,
  profile,
}, testInfo) => {
  test.setTimeout(TIMEOUT_MS);
  const first = await writeFirstFiles(profile);
  const files = [await writeSmallFiles(profile, SEED), await writeLargeFiles(profile)];
  const { app, page } = await launchFiles();
  await server.waitFor(({ operation, endedAt }) => operation === 'list' && endedAt !== null);
  // What is loaded for the first uploads is no growth.
  await upload(page, [first]);
  await commandTransfers(page, 'clearFinishedTransfers');
  const memoryAtStart = await readMemoryAtRest(app.electron);
  const memory = watchMemory(app.electron);
  const trouble = injectTrouble(server, SEED);

  const requestsBefore = server.requests.all().length;
  const startedAt = performance.now();
  await upload(page, files);
  const durationMs = performance.now() - startedAt;

  trouble.stop();
  memory.stop();
  const { transfers } = await listTransfers(page);
  const hashes = new Map(files.flatMap((one) => [...one.hashes]));
  const verdict = judgeSoak(
    hashes,
    transfers,
    server.files.all().filter(({ name }) => !first.hashes.has(name)),
  );
  await commandTransfers(page, 'clearFinishedTransfers');
  const memoryAtEnd = await readMemoryAtRest(app.electron);
  const body = toSoakFigures({
    files,
    transfers,
    requests: server.requests.all().slice(requestsBefore),
    hits: trouble.hits(),
    verdict,
    durationMs,
    memory: { atStart: memoryAtStart, atPeak: memory.peakBytes, atEnd: memoryAtEnd },
  });
  await testInfo.attach(FIGURES, { body });
  expect(verdict).toEqual({ lost: [], duplicated: [], partial: [], wrong: [] });
  expect(Math.abs(memoryAtEnd - memoryAtStart)).toBeLessThan(MEMORY_TOLERANCE_BYTES);
});

/** Drops files on the window, one drop after the other; settles when all of them have come to an end. */
async function upload(page: Page, drops: readonly SoakFiles[]): Promise<void> {
  const count = drops.reduce((sum, { paths }) => sum + paths.length, 0);
  const finished = whenAllFinished(page, count);
  for (const { paths } of drops) await dropFiles(page, paths);
  await finished;
}
