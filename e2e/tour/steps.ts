import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Page } from '@playwright/test';

/** The steps of a tour: each is printed with its result and leaves a picture. */
export interface Steps {
  /** Does one step; `act` answers what to print after the title, and throws when something does not hold. */
  take(title: string, act: () => Promise<string>, page?: () => Page): Promise<void>;
}

/** Says that something of the tour does not hold. */
export class TourFailure extends Error {}

/** Makes the steps of a tour whose numbered pictures go to a folder, which is emptied first. */
export async function createSteps(folder: string): Promise<Steps> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  let number = 0;
  return {
    take: async (title, act, page) => {
      number += 1;
      try {
        const result = await act();
        process.stdout.write(`✓ ${number} ${title}: ${result}\n`);
      } catch (cause) {
        const reason = stripVTControlCharacters(cause instanceof Error ? cause.message : String(cause));
        process.stdout.write(`✗ ${number} ${title}: ${reason}\n`);
        throw new TourFailure(title, { cause });
      } finally {
        if (page) await takePicture(page, join(folder, `${toPrefix(number)}-${toSlug(title)}.png`));
      }
    },
  };
}

/** The step's own failure must not be hidden by a window that is gone. */
async function takePicture(page: () => Page, path: string): Promise<void> {
  try {
    await page().screenshot({ path });
  } catch (cause) {
    process.stdout.write(`  (no picture: ${cause instanceof Error ? cause.message : String(cause)})\n`);
  }
}

function toPrefix(number: number): string {
  return String(number).padStart(2, '0');
}

function toSlug(title: string): string {
  return title.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}
