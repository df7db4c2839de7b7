import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createFilesWindow } from '../pages/files-window.ts';
import { type NamedFigure, toMedian, toRatio, toRounded } from './figures.ts';
import { type CurlListing, createCurlListing } from './listing/curl-listing.ts';
import { type ListingProcess, startListingProcess } from './listing/listing-process.ts';
import { readMainMemory } from './main-process.ts';
import { filesAppFolder, type MeasuredApp, startMeasuredApp } from './measured-app.ts';
import { INTERACTIVE_MARK, watchReading, whenMarked } from './page-marks.ts';

interface Opening {
  readonly firstRowsMs: number;
  readonly indexMs: number;
}

const FILES = 100_000;
/**
 * How long the server thinks before each page, for both sides: one round trip within a continent. Without any, curl
 * reads 100 ready pages out of memory in some 40 ms and parses none of them, which no server on a network can do.
 */
const PAGE_DELAY_MS = 20;
/** Measured rounds; one more comes first, fills caches and is thrown away. */
const ROUNDS = 9;
const MEMORY_ROUNDS = 5;
/** Rounds without that delay, to be told beside the figure. */
const BARE_ROUNDS = 3;
const MEGABYTE = 1_000_000;

/**
 * Measures how a location of 100,000 files is opened that the app has never seen. The server holds its first page until
 * the window stands, so that the start of the app is no part of it.
 */
export async function measureOpening(executable: string, folder: string): Promise<readonly NamedFigure[]> {
  const listing = await startListingProcess(FILES);
  const ownFolder = join(folder, 'opening');
  await mkdir(ownFolder);
  try {
    const curl = await createCurlListing(listing, ownFolder);
    const start = (round: string, isInspectable: boolean) =>
      startHeld(listing, { executable, userDataFolder: join(ownFolder, round), isInspectable });
    const bare = await takeRounds(listing, curl, BARE_ROUNDS, (round) => start(`bare-${round}`, false));
    await listing.setDelay(PAGE_DELAY_MS);
    const rounds = await takeRounds(listing, curl, ROUNDS, (round) => start(`time-${round}`, false));
    const growths: number[] = [];
    for (let round = 0; round < MEMORY_ROUNDS; round += 1) {
      growths.push(await measureGrowth(listing, await start(`memory-${round}`, true)));
    }
    return toFigures(rounds, bare, growths);
  } finally {
    await listing.stop();
  }
}

interface Rounds {
  readonly openings: readonly Opening[];
  readonly onePageMs: readonly number[];
  readonly allPagesMs: readonly number[];
}

/** The two sides take turns, so that what else the machine does hits both. */
async function takeRounds(
  listing: ListingProcess,
  curl: CurlListing,
  count: number,
  start: (round: number) => Promise<MeasuredApp>,
): Promise<Rounds> {
  const openings: Opening[] = [];
  const onePageMs: number[] = [];
  const allPagesMs: number[] = [];
  for (let round = 0; round <= count; round += 1) {
    const [onePage, allPages] = [await curl.readOnePage(), await curl.readAllPages()];
    const opening = await open(listing, await start(round));
    if (round === 0) continue;
    openings.push(opening);
    onePageMs.push(onePage);
    allPagesMs.push(allPages);
  }
  return { openings, onePageMs, allPagesMs };
}

async function startHeld(
  listing: ListingProcess,
  options: {
    readonly executable: string;
    readonly userDataFolder: string;
    readonly isInspectable: boolean;
  },
): Promise<MeasuredApp> {
  await listing.hold();
  const app = startMeasuredApp({
    ...options,
    appFolder: filesAppFolder,
    environment: { OPENROUTER_API_KEY: listing.key, OPENROUTER_BASE_URL: listing.endpoint },
  });
  await listing.whenHeld();
  return app;
}

async function open(listing: ListingProcess, app: MeasuredApp): Promise<Opening> {
  try {
    const page = await app.attach();
    await createFilesWindow(page).upload.waitFor();
    const whenRead = await watchReading(page);
    const rowsPainted = whenMarked(page, INTERACTIVE_MARK);
    await listing.takeRequests();
    const releasedAt = await listing.release();
    const firstRowsMs = (await rowsPainted) - releasedAt;
    const indexMs = (await whenRead()) - releasedAt;
    const { length } = await listing.takeRequests();
    if (length < listing.pageUrls.length) throw new Error(`The app has read ${length} pages only`);
    return { firstRowsMs, indexMs };
  } finally {
    await app.stop();
  }
}

/** Gives by how much the resident memory of main grows with the index, in bytes. */
async function measureGrowth(listing: ListingProcess, app: MeasuredApp): Promise<number> {
  try {
    const [page, main] = [await app.attach(), await app.inspectMain()];
    await createFilesWindow(page).upload.waitFor();
    const whenRead = await watchReading(page);
    const before = await readMainMemory(main);
    await listing.release();
    await whenRead();
    await whenMarked(page, INTERACTIVE_MARK);
    return (await readMainMemory(main)) - before;
  } finally {
    await app.stop();
  }
}

function toFigures(
  { openings, onePageMs, allPagesMs }: Rounds,
  bare: Rounds,
  growths: readonly number[],
): readonly NamedFigure[] {
  const onePage = toMedian(onePageMs);
  const firstRows = openings.map(({ firstRowsMs }) => toRounded(firstRowsMs - onePage));
  const megabytes = growths.map((growth) => toRounded(growth / MEGABYTE));
  const ratio = toRatio({
    name: 'index-100k-vs-curl',
    limit: 2,
    own: openings.map(({ indexMs }) => indexMs),
    reference: allPagesMs,
    unit: 'ms',
    referenceName: 'curl',
  });
  const bareOwn = toRounded(toMedian(bare.openings.map(({ indexMs }) => indexMs)));
  const bareCurl = toRounded(toMedian(bare.allPagesMs));
  return [
    {
      name: 'first-rows-ms',
      value: toMedian(firstRows),
      limit: 300,
      unit: 'ms',
      reference: toRounded(onePage),
      samples: firstRows,
      detail: `from the first page of ${FILES} files leaving the server to the second frame after its rows, less ${toRounded(onePage)} ms of curl for that page; the window stood before`,
      invalid: null,
    },
    {
      ...ratio,
      detail: `${ratio.detail}; the server thinks ${PAGE_DELAY_MS} ms before each of the 100 pages (without that: ${bareOwn} ms, curl ${bareCurl} ms)`,
    },
    {
      name: 'index-memory-mb',
      value: toMedian(megabytes),
      limit: 60,
      unit: 'MB',
      reference: null,
      samples: megabytes,
      detail: `growth of main's resident memory from the first page to the last, garbage collected; at most ${Math.max(...megabytes)} MB`,
      invalid: null,
    },
  ];
}
