import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { createFilesWindow, type FilesWindow } from '../pages/files-window.ts';
import { type ListingProcess, startListingProcess } from './listing/listing-process.ts';
import type { MainInspector } from './main-inspector.ts';
import { readMainMemory } from './main-process.ts';
import { filesAppFolder, startMeasuredApp } from './measured-app.ts';
import { INTERACTIVE_MARK, watchReading, whenMarked } from './page-marks.ts';

/** The app with a location of many files that was read to its end. */
export interface TableWindow extends FilesWindow {
  readonly page: Page;
  readonly main: MainInspector;
  readonly listing: ListingProcess;
  /** By how much the resident memory of main has grown with the index, in bytes; null unless that was asked for. */
  readonly indexBytes: number | null;
}

/** What a table is opened with. */
export interface TableOptions {
  readonly executable: string;
  readonly parentFolder: string;
  /** Files of the location; 100,000 unless told. */
  readonly fileCount?: number;
  readonly isMemoryMeasured?: boolean;
}

/** Runs `measure` with the app on a location of many files, fully read; all of it is gone afterwards. */
export async function withTableWindow<Result>(
  { executable, parentFolder, fileCount = 100_000, isMemoryMeasured = false }: TableOptions,
  measure: (window: TableWindow) => Promise<Result>,
): Promise<Result> {
  const folder = join(parentFolder, `table-${fileCount}`);
  await mkdir(folder, { recursive: true });
  const listing = await startListingProcess(fileCount);
  try {
    await listing.hold();
    const app = startMeasuredApp({
      executable,
      appFolder: filesAppFolder,
      userDataFolder: join(folder, 'profile'),
      environment: { OPENROUTER_API_KEY: listing.key, OPENROUTER_BASE_URL: listing.endpoint },
      isInspectable: true,
    });
    try {
      await listing.whenHeld();
      const [page, main] = [await app.attach(), await app.inspectMain()];
      const whenRead = await watchReading(page);
      const before = isMemoryMeasured ? await readMainMemory(main) : null;
      await listing.release();
      await whenRead();
      await whenMarked(page, INTERACTIVE_MARK);
      const indexBytes = before === null ? null : (await readMainMemory(main)) - before;
      return await measure({ ...createFilesWindow(page), page, main, listing, indexBytes });
    } finally {
      await app.stop();
    }
  } finally {
    await listing.stop();
  }
}
