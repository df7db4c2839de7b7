import { type Browser, chromium, expect, type Page } from '@playwright/test';

/** A page that is driven over the DevTools protocol; closing the browser only lets go of it. */
export interface AttachedPage {
  readonly browser: Browser;
  readonly page: Page;
}

const DEADLINE_MS = 30_000;

/**
 * Attaches to an app's window by the endpoint that Chromium writes when it is given a debugging port. Playwright misses
 * the change if it comes between a window's first, empty document and the app's own, and then waits until it gives
 * up: it attaches once Chromium names a page with a title, which only a loaded document has.
 */
export async function attachToPage(endpoint: string): Promise<AttachedPage> {
  const loadedPage = expect.objectContaining({ type: 'page', title: expect.stringMatching(/./) });
  const list = `http://${new URL(endpoint).host}/json/list`;
  // Nothing tells of this from outside.
  await expect(async () => {
    const response = await fetch(list);
    expect(await response.json()).toContainEqual(loadedPage);
  }).toPass({ timeout: DEADLINE_MS, intervals: [50] });
  const browser = await chromium.connectOverCDP(endpoint);
  const page = browser.contexts()[0]?.pages()[0];
  if (!page) throw new Error('The app has no page');
  return { browser, page };
}
