import assert from 'node:assert/strict';
import { AppFailure } from '#app/errors.ts';
import { MAX_INDEXED_FILES } from '#app/limits.ts';
import { createFileIndex } from '../../main/file-index/file-index.ts';
import { OPENROUTER_CAPABILITIES } from '../../main/openrouter/capabilities.ts';
import { createMadeUpListing } from './large-index-listing.ts';

// `ELECTRON_RUN_AS_NODE=1 electron --import tsx e2e/prove/full-index.ts`, started by build/prove.mjs: a listing of more
// files than main's index may hold is read as far as that and no further, and its status says so. Prints how long it
// takes; fails otherwise.

const SEED = 13;
/** Pages that must not be asked for; the reader is one ahead. */
const PAGES_TOO_MANY = 10;
const PAGE_ROWS = 1000;

const listing = createMadeUpListing(MAX_INDEXED_FILES + PAGES_TOO_MANY * PAGE_ROWS, SEED);
let pages = 0;
const index = createFileIndex({
  capabilities: OPENROUTER_CAPABILITIES,
  readFile: () => Promise.reject(new AppFailure({ code: 'notFound' })),
  listFiles: (from, signal) => {
    pages += 1;
    return listing.listFiles(from, signal);
  },
  onChange: () => undefined,
  toUnexpected: (cause) => {
    throw cause;
  },
});

const startedAt = performance.now();
await index.refresh();
const seconds = (performance.now() - startedAt) / 1000;
const { phase, knownFiles, isFull, error, completedAt } = index.status();
assert.deepEqual(
  { phase, knownFiles, isFull, error, completedAt },
  { phase: 'complete', knownFiles: MAX_INDEXED_FILES, isFull: true, error: null, completedAt: null },
);
assert.ok(pages <= MAX_INDEXED_FILES / PAGE_ROWS + 2, `${pages} pages were asked for`);
const asked = pages;
await index.catchUp();
assert.equal(pages, asked);
const last = listing.file(MAX_INDEXED_FILES - 1);
assert.deepEqual(index.find(last.id), last);
assert.equal(index.find(listing.file(MAX_INDEXED_FILES).id), undefined);
process.stdout.write(`Full index: stops at ${knownFiles} files, after ${seconds.toFixed(1)} s\n`);
