import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { createFilesWindow } from '../pages/files-window.ts';
import { type NamedFigure, toMedian, toRounded } from './figures.ts';
import { type ListingProcess, startListingProcess } from './listing/listing-process.ts';
import { filesAppFolder, type MeasuredApp, startMeasuredApp } from './measured-app.ts';
import { INTERACTIVE_MARK, watchReading, whenMarked } from './page-marks.ts';

const FILES = 100_000;
/** Measured starts; one more comes first, fills caches and is thrown away. */
const ROUNDS = 9;

/**
 * Measures a start with an index of 100,000 files from last time. The server holds every page, so that no row can come
 * from it.
 */
export async function measureSavedIndex(executable: string, folder: string): Promise<readonly NamedFigure[]> {
  const userDataFolder = join(folder, 'saved-index');
  await mkdir(userDataFolder);
  const listing = await startListingProcess(FILES);
  const start = () =>
    startMeasuredApp({
      executable,
      appFolder: filesAppFolder,
      userDataFolder,
      environment: { OPENROUTER_API_KEY: listing.key, OPENROUTER_BASE_URL: listing.endpoint },
    });
  try {
    await listing.hold();
    await readOnce(start(), listing);
    const samples: number[] = [];
    for (let round = 0; round <= ROUNDS; round += 1) {
      await listing.hold();
      const durationMs = await startAgain(start(), listing);
      if (round > 0) samples.push(toRounded(durationMs));
    }
    return [toFigure(samples)];
  } finally {
    await listing.stop();
  }
}

/** The app keeps the index at the latest when it is quit. */
async function readOnce(app: MeasuredApp, listing: ListingProcess): Promise<void> {
  try {
    await listing.whenHeld();
    const page = await app.attach();
    await createFilesWindow(page).upload.waitFor();
    const whenRead = await watchReading(page);
    await listing.release();
    await whenRead();
  } finally {
    await app.stop();
  }
}

async function startAgain(app: MeasuredApp, listing: ListingProcess): Promise<number> {
  try {
    await listing.whenHeld();
    const page = await app.attach();
    const { table } = createFilesWindow(page);
    const paintedAt = await whenMarked(page, INTERACTIVE_MARK);
    const shownAt = await readFirstPaint(page);
    const total = await table.grid.getAttribute('aria-rowcount');
    if (total !== String(FILES + 1)) throw new Error(`The table has ${total} rows, the header included`);
    return paintedAt - shownAt;
  } finally {
    await app.stop();
  }
}

/** Gives when the page was painted first, in milliseconds since the epoch: Electron shows the window upon that. */
function readFirstPaint(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        // The entry comes some time after the paint.
        new PerformanceObserver((list) => {
          const [paint] = list.getEntriesByName('first-paint');
          if (paint) resolve(performance.timeOrigin + paint.startTime);
        }).observe({ type: 'paint', buffered: true });
      }),
  );
}

function toFigure(samples: readonly number[]): NamedFigure {
  return {
    name: 'saved-index-rows-ms',
    value: toMedian(samples),
    limit: 300,
    unit: 'ms',
    reference: null,
    samples,
    detail: `from the window's first paint, upon which it is shown, to the second frame after its rows, with ${FILES} files from last time and a server that gives nothing; median of ${samples.length} starts`,
    invalid: null,
  };
}
