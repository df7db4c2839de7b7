import { expect, test } from '../../harness/page-test.ts';
import { tabTo } from '../../harness/tab-to.ts';
import type { FilesWindow } from '../../pages/files-window.ts';

/** Where the row with the focus stands among all rows, counted from 1. */
async function readPlace({ page }: FilesWindow): Promise<number> {
  // The header is the first row.
  return Number(await page.locator('[role=row]:focus').getAttribute('aria-rowindex')) - 1;
}

async function press({ page }: FilesWindow, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

test('by keyboard: a screen up and down, and Shift selects on the way', async ({ openPage, server }) => {
  server.seed(120);
  const files = await openPage();
  const { table, page, selected } = files;
  await expect(table.rows.first()).toBeVisible();
  await tabTo(page, table.rows.first());
  await press(files, 'PageDown');
  const step = (await readPlace(files)) - 1;
  expect(step).toBeGreaterThan(5);
  await expect(page.locator('[role=row]:focus')).toBeInViewport({ ratio: 1 });
  await press(files, 'PageDown');
  expect(await readPlace(files)).toBe(1 + 2 * step);
  await press(files, 'PageUp', 'PageUp');
  expect(await readPlace(files)).toBe(1);

  await press(files, 'Shift+PageDown');
  await expect(selected(new RegExp(`^${step + 1} files selected`))).toBeVisible();
  // The range turns round where it began.
  await press(files, 'Shift+PageUp', 'Shift+ArrowDown');
  await expect(selected(/^2 files selected/)).toBeVisible();
  await press(files, 'Shift+End');
  await expect(selected(/^50 files selected/)).toBeVisible();
  expect(await readPlace(files)).toBe(50);
  await press(files, 'Escape', 'ArrowUp', 'ArrowUp', 'Space', 'Shift+Home');
  await expect(selected(/^48 files selected/)).toBeVisible();
  expect(await readPlace(files)).toBe(1);
  await press(files, 'Escape', 'Space', 'ArrowDown', 'ArrowDown', 'ArrowDown');
  await expect(selected(/^1 file selected/)).toBeVisible();
  await press(files, 'Shift+Space');
  await expect(selected(/^4 files selected/)).toBeVisible();
});

test('by keyboard: rows a page, how close they stand, and how dates are written', async ({
  openPage,
  server,
}) => {
  server.seed(120);
  const files = await openPage();
  const { table, page, options } = files;
  await expect(table.rows.first()).toBeVisible();
  await tabTo(page, table.rowsPerPage);
  await press(files, 'ArrowDown');
  await expect(table.rowsPerPage).toHaveValue('100');
  await expect(table.pager).toContainText('1–100 of 120');

  const height = (await table.rows.first().boundingBox())?.height ?? 0;
  await tabTo(page, options.button);
  await press(files, 'Enter');
  await expect(options.dialog).toBeVisible();
  await tabTo(page, options.choice('Comfortable'));
  await press(files, 'ArrowDown');
  await expect(options.choice('Compact')).toBeChecked();
  await tabTo(page, options.choice(/^Relative/));
  await press(files, 'ArrowDown');
  await expect(options.choice('Exact')).toBeChecked();
  await press(files, 'Escape');
  await expect(options.button).toBeFocused();
  expect((await table.rows.first().boundingBox())?.height ?? 0).toBeLessThan(height);
  await expect(table.rows.first()).toContainText(/20\d\d/);
});

test('by keyboard: F5 reads the list again, and keeps the row with the focus', async ({
  openPage,
  server,
}) => {
  for (const name of ['one.txt', 'two.txt']) server.files.add({ name, createdAt: 1000 });
  const files = await openPage();
  const { table, page } = files;
  await expect(table.rows).toHaveCount(2);
  await tabTo(page, table.rows.first());
  const name = await table.names.first().getAttribute('aria-label');
  server.files.add({ name: 'new.txt' });
  await press(files, 'F5');
  await expect(table.names.first()).toHaveAccessibleName('new.txt');
  await expect(table.row(name ?? '')).toBeFocused();
});
