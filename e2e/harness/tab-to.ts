import type { Locator, Page } from '@playwright/test';

/** More stops than any screen has. */
const MAX_PRESSES = 60;

/** Presses the Tab key until something has the focus, as a person without a mouse does. */
export async function tabTo(page: Page, wanted: Locator): Promise<void> {
  for (let presses = 0; presses < MAX_PRESSES; presses += 1) {
    await page.keyboard.press('Tab');
    if ((await page.locator(':focus').and(wanted).count()) > 0) return;
  }
  throw new Error(`Tab never reached ${String(wanted)}`);
}
