import type { Page } from '@playwright/test';
import { expect, test } from '../../harness/page-test.ts';

/** Watches from now on how few rows of files stand in the window, be it for a moment. */
async function watchFewestRows(page: Page): Promise<() => Promise<number>> {
  const watched = await page.evaluateHandle(() => {
    const seen = { fewest: Number.MAX_SAFE_INTEGER };
    const look = () => {
      seen.fewest = Math.min(seen.fewest, document.querySelectorAll('[role=rowheader]').length);
    };
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
    return seen;
  });
  return async () => (await watched.jsonValue()).fewest;
}

test('the headers stay where they are while rows are scrolled, and take clicks there', async ({
  openPage,
  server,
}) => {
  server.seed(50);
  const { table, page } = await openPage();
  await expect(table.pager).toContainText('1–50 of 50');
  const before = await table.header('Name').boundingBox();
  await table.rows.first().focus();
  const first = await table.names.first().getAttribute('aria-label');
  await page.keyboard.press('End');
  await expect(table.row(first ?? '')).not.toBeInViewport();
  await expect(table.header('Name')).toBeInViewport({ ratio: 1 });
  expect(await table.header('Name').boundingBox()).toEqual(before);
  // The row with the focus lies below them, not under them.
  await page.keyboard.press('PageUp');
  await page.keyboard.press('PageUp');
  const row = await page.locator('[role=row]:focus').boundingBox();
  expect(row?.y).toBeGreaterThanOrEqual((before?.y ?? 0) + (before?.height ?? 0) - 1);
  await table.sortBy('Name');
  await expect(table.header('Name')).toHaveAttribute('aria-sort', 'ascending');
});

test('nothing flashes on the way to another page, order or number of rows', async ({ openPage, server }) => {
  server.seed(480);
  const { table, page, search } = await openPage();
  await expect(table.pager).toContainText('1–50 of 480');
  const readFewestRows = await watchFewestRows(page);
  await table.lastPage.click();
  await expect(table.pager).toContainText('451–480 of 480');
  await table.sortBy('Size');
  await expect(table.pager).toContainText('1–50 of 480');
  await table.nextPage.click();
  await expect(table.pager).toContainText('51–100 of 480');
  await table.rowsPerPage.selectOption('250');
  await expect(table.pager).toContainText('1–250 of 480');
  await search.fill('.');
  await expect(table.pager).toContainText('1–250 of 480');
  expect(await readFewestRows()).toBeGreaterThan(10);
});
