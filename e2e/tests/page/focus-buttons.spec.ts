import type { Locator } from '@playwright/test';
import { expect, test } from '../../harness/page-test.ts';
import { tabTo } from '../../harness/tab-to.ts';
import type { FilesWindow } from '../../pages/files-window.ts';

// A button that goes with the press of it, or can no longer be pressed, must not leave the keyboard at the window's beginning.

/** Presses a button with the keyboard. */
async function press({ page }: FilesWindow, button: Locator): Promise<void> {
  await button.focus();
  await page.keyboard.press('Enter');
}

test('after Clear selection the keyboard goes on at the active row', async ({ openPage, server }) => {
  server.seed(3);
  const files = await openPage();
  const { table, page, clearSelection } = files;
  await table.rows.nth(1).focus();
  await page.keyboard.press('Space');
  await press(files, clearSelection);
  await expect(clearSelection).toHaveCount(0);
  await expect(table.rows.nth(1)).toBeFocused();
});

test('after Close details the keyboard goes on at the active row', async ({ openPage, server }) => {
  server.seed(3);
  const files = await openPage();
  const { table, page, details } = files;
  await table.rows.nth(1).focus();
  await page.keyboard.press('Enter');
  await press(files, details.close);
  await expect(details.panel).toHaveCount(0);
  await expect(table.rows.nth(1)).toBeFocused();
});

test('after Try again above the table the keyboard goes on from there', async ({ openPage, server }) => {
  server.seed(2500);
  server.faults.inject({ on: 'list', from: 2, fault: { kind: 'html', status: 200 } });
  const files = await openPage();
  const { table, page, retry, alert } = files;
  await press(files, retry);
  await expect(table.pager).toContainText(/1–50 of 2,500$/);
  await expect(alert).toHaveCount(0);
  await expect(page.locator('body')).not.toBeFocused();
  await page.keyboard.press('Tab');
  await expect(table.selectAll).toBeFocused();
});

test('after Try again in the table’s place the keyboard goes on in the table', async ({
  openPage,
  server,
}) => {
  server.seed(3);
  server.faults.inject({ on: 'list', fault: { kind: 'status', status: 403 } });
  const files = await openPage();
  const { table, page, retry } = files;
  await expect(retry).toBeVisible();
  const held = server.faults.inject({ on: 'list', fault: { kind: 'hang', at: 'headers' } });
  await press(files, retry);
  await expect(page.getByRole('heading', { name: 'Loading files…' })).toBeVisible();
  held.release();
  await expect(table.rows.first()).toBeFocused();
});

test('after Up one folder into the top the keyboard stays with the path', async ({ openPage, server }) => {
  for (const name of ['reports/q1.csv', 'notes.txt']) server.files.add({ name });
  const files = await openPage();
  const { table, path, page } = files;
  await path.showFolders();
  await table.folder('reports').dblclick();
  await press(files, path.up);
  await expect(path.up).toBeDisabled();
  await expect(page.locator('body')).not.toBeFocused();
  await page.keyboard.press('Tab');
  await expect(path.step('All files')).toBeFocused();
});

test('after a deletion from the toolbar the keyboard goes on in the table', async ({ openPage, server }) => {
  server.seed(3);
  const files = await openPage();
  const { table, page, dialog, dialogDelete, undo } = files;
  await table.rows.first().focus();
  await page.keyboard.press('Space');
  await press(files, files.delete);
  await expect(dialog).toBeVisible();
  await tabTo(page, dialogDelete);
  await page.keyboard.press('Enter');
  await expect(undo).toBeVisible();
  await expect(files.delete).toBeDisabled();
  await expect(table.rows.first()).toBeFocused();
});

test('after a deletion while a search shows nothing the keyboard goes on from the words about that', async ({
  openPage,
  server,
}) => {
  server.seed(3);
  const files = await openPage();
  const { table, search, page, dialog, dialogDelete, undo } = files;
  await table.rows.first().focus();
  await page.keyboard.press('Space');
  await search.fill('nothing like it');
  await expect(table.rows).toHaveCount(0);
  await press(files, files.delete);
  await expect(dialog).toBeVisible();
  await tabTo(page, dialogDelete);
  await page.keyboard.press('Enter');
  await expect(undo).toBeVisible();
  await expect(files.delete).toBeDisabled();
  await expect(page.getByRole('heading', { name: 'No file matches “nothing like it”' })).toBeFocused();
});
