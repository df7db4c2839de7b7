import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { AppFailure } from '#app/errors.ts';
import { type FileQuery, type FileSort, NO_FILTER } from '#app/files/file-query.ts';
import { createFileIndex, type FileIndex } from '../../main/file-index/file-index.ts';
import { OPENROUTER_CAPABILITIES } from '../../main/openrouter/capabilities.ts';
import { toMedian, toPercentile } from '../bench/figures.ts';
import { startLoopProbe, stopLoopProbe } from '../bench/loop-probe.ts';
import { createMadeUpListing } from './large-index-listing.ts';

// `ELECTRON_RUN_AS_NODE=1 electron --expose-gc --import tsx e2e/prove/large-index.ts [COUNT]`, started by
// build/prove.mjs: main's index alone, with as many files as it must hold. Prints what it takes; fails when it does not
// know them, or needs far more memory than docs/decisions/0013 says.

const COUNT = Number(process.argv[2] ?? 2_000_000);
const SEED = 13;
const MEGABYTE = 1_000_000;
/** Measured are 133 to 144 bytes a file; the rest is for what the system and V8 do as they like. */
const MAX_GROWTH = 50 * MEGABYTE + 200 * COUNT;
const QUERY_EVERY_MS = 500;
const QUERIES_AFTER = 60;

const SORTS: readonly FileSort[] = (['created', 'name', 'size', 'kind', 'saveable'] as const).flatMap((by) =>
  [true, false].map((isDescending) => ({ by, isDescending })),
);
const SEARCHES = ['', 'inv', 'repetition 12', 'ubersicht', '777', 'nothing like it'];
const FOLDERS = [null, null, '', 'evals'];

const collect = globalThis.gc;
if (!collect) throw new Error('It is started with --expose-gc');
const listing = createMadeUpListing(COUNT, SEED);
const index = createFileIndex({
  capabilities: OPENROUTER_CAPABILITIES,
  readFile: () => Promise.reject(new AppFailure({ code: 'notFound' })),
  listFiles: listing.listFiles,
  onChange: () => undefined,
  toUnexpected: (cause) => {
    throw cause;
  },
});

const before = await readMemory();
startLoopProbe();
const startedAt = performance.now();
let isRead = false;
const reading = index.refresh().then(() => {
  isRead = true;
});
const whileReading: number[] = [];
while (!isRead) {
  await Promise.race([reading, wait(QUERY_EVERY_MS)]);
  whileReading.push(await measureQuery(index, whileReading.length));
}
const readMs = performance.now() - startedAt;
const blockWhileReading = stopLoopProbe();
const growth = (await readMemory()) - before;
startLoopProbe();
const afterwards: number[] = [];
for (let query = 0; query < QUERIES_AFTER; query += 1) afterwards.push(await measureQuery(index, query));
const blockAfterwards = stopLoopProbe();

process.stdout.write(
  [
    `Index: ${COUNT} files in ${(readMs / 1000).toFixed(1)} s, ${Math.round(growth / MEGABYTE)} MB (${Math.round(growth / COUNT)} bytes a file)`,
    `  longest block of the event loop ${toMs(blockWhileReading.longestMs)} while it reads, ${toMs(blockAfterwards.longestMs)} afterwards (with what the system made it wait ${toMs(blockWhileReading.longestWithWaitMs)}, ${toMs(blockAfterwards.longestWithWaitMs)})`,
    `  ${describe(whileReading)} while it reads`,
    `  ${describe(afterwards)} afterwards`,
    '',
  ].join('\n'),
);
check();

function toQuery(number: number): FileQuery {
  return {
    filter: { ...NO_FILTER, search: SEARCHES[number % SEARCHES.length] ?? '' },
    folder: FOLDERS[number % FOLDERS.length] ?? null,
    sort: SORTS[number % SORTS.length] ?? { by: 'created', isDescending: true },
    offset: number % 3 === 0 ? COUNT >>> 1 : 0,
    limit: 100,
  };
}

async function measureQuery(asked: FileIndex, number: number): Promise<number> {
  const at = performance.now();
  await asked.query(toQuery(number));
  return performance.now() - at;
}

/** A few are known by their ids, none is missing, and they do not take more memory than they may. */
function check(): void {
  const { phase, knownFiles, error } = index.status();
  assert.deepEqual({ phase, knownFiles, error }, { phase: 'complete', knownFiles: COUNT, error: null });
  for (const position of [0, 1, COUNT >>> 1, COUNT - 1]) {
    const file = listing.file(position);
    assert.deepEqual(index.find(file.id), file);
  }
  assert.ok(growth <= MAX_GROWTH, `${growth} bytes for ${COUNT} files`);
}

async function readMemory(): Promise<number> {
  // What was let go of is given back to the system in V8's own time.
  for (let round = 0; round < 3; round += 1) {
    collect?.();
    await wait(300);
  }
  return process.memoryUsage.rss();
}

function describe(times: readonly number[]): string {
  return `${times.length} queries: median ${toMs(toMedian(times))}, p95 ${toMs(toPercentile(times, 95))}, longest ${toMs(Math.max(...times))}`;
}

function toMs(milliseconds: number): string {
  return `${milliseconds.toFixed(1)} ms`;
}
