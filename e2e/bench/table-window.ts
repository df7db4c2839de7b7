import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { createFilesWindow, type FilesWindow } from '../pages/files-window.ts';
import { type ListingProcess, startListingProcess } from './listing/listing-process.ts';
import type { MainInspector } from './main-inspector.ts';
import { filesAppFolder, startMeasuredApp } from './measured-app.ts';
import { INTERACTIVE_MARK, watchReading, whenMarked } from './page-marks.ts';

/** The app with a location of many files that was read to its end. */
export interface TableWindow extends FilesWindow {
  readonly page: Page;
  readonly main: MainInspector;
  readonly listing: ListingProcess;
}

/** Files of the location. */
export const TABLE_FILES = 100_000;

/** Runs `measure` with the app on a location of {@link TABLE_FILES} files, fully read; all of it is gone afterwards. */
export async function withTableWindow<Result>(
  executable: string,
  parentFolder: string,
  measure: (window: TableWindow) => Promise<Result>,
): Promise<Result> {
  const folder = join(parentFolder, 'table');
  await mkdir(folder, { recursive: true });
  const listing = await startListingProcess(TABLE_FILES);
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
      await listing.release();
      await whenRead();
      await whenMarked(page, INTERACTIVE_MARK);
      return await measure({ ...createFilesWindow(page), page, main, listing });
    } finally {
      await app.stop();
    }
  } finally {
    await listing.stop();
  }
}
