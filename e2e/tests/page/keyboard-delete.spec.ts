import type { Locator } from '@playwright/test';
import { expect, test } from '../../harness/page-test.ts';
import { UNDO_MS } from '../../harness/profile.ts';
import { tabTo } from '../../harness/tab-to.ts';
import type { FilesWindow } from '../../pages/files-window.ts';

/** The grace period, and time for the requests after it. */
const CARRIED_OUT = { timeout: UNDO_MS + 15_000 };

/** Goes to a button with the Tab key and presses it. */
async function pressButton({ page }: FilesWindow, button: Locator): Promise<void> {
  await expect(button).toBeVisible();
  await tabTo(page, button);
  await page.keyboard.press('Enter');
}

test('by keyboard: a folder is deleted, and the focus goes to the next row', async ({ openPage, server }) => {
  for (const name of ['reports/a.csv', 'reports/2026/b.csv', 'notes.txt']) server.files.add({ name });
  const files = await openPage();
  const { table, path, page, dialog, dialogCancel, dialogDelete, status } = files;
  await expect(table.rows.first()).toBeVisible();
  await tabTo(page, path.flat);
  await page.keyboard.press('ArrowRight');
  await expect(table.folder('reports')).toBeVisible();
  await tabTo(page, table.folder('reports'));
  await page.keyboard.press('Delete');
  await expect(dialog).toContainText('2 files are in the folder “reports”');
  await expect(dialogCancel).toBeFocused();
  await pressButton(files, dialogDelete);
  await expect(table.folder('reports')).toBeFocused();
  await expect(status.filter({ hasText: 'Deleted 2 files' })).toBeVisible(CARRIED_OUT);
  await expect(table.folder('reports')).toHaveCount(0);
  await expect(table.row('notes.txt')).toBeFocused();
  expect(server.files.all().map(({ name }) => name)).toEqual(['notes.txt']);
});

test('by keyboard: the number of many is typed, and their deletion is taken back', async ({
  openPage,
  server,
}) => {
  server.seed(150);
  const files = await openPage();
  const { table, page, dialog, dialogCount, dialogDelete, undo, status, selected } = files;
  await expect(table.rows.first()).toBeVisible();
  await tabTo(page, table.rows.first());
  await page.keyboard.press('Control+a');
  await expect(selected(/^50 files selected/)).toBeVisible();
  await page.keyboard.press('Control+a');
  await expect(selected(/^150 files selected/)).toBeVisible();
  await page.keyboard.press('Delete');
  await expect(dialog).toHaveAccessibleName('Delete 150 files?');
  await tabTo(page, dialogCount);
  await page.keyboard.type('150');
  await pressButton(files, dialogDelete);
  await pressButton(files, undo);
  await expect(status.filter({ hasText: 'Nothing was deleted' })).toBeVisible();
  expect(server.requests.all('delete')).toHaveLength(0);
  expect(server.files.size).toBe(150);
});

test('by keyboard: a hand quicker than the selection deletes what it has selected', async ({
  openPage,
  server,
}) => {
  server.seed(30);
  const { table, page, dialog } = await openPage();
  await expect(table.rows.first()).toBeVisible();
  await tabTo(page, table.rows.first());
  // In one turn of the page's event loop no answer of main's comes in between.
  await page.evaluate(() => {
    for (const init of [{ key: 'a', ctrlKey: true }, { key: 'Delete' }])
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { ...init, bubbles: true }));
  });
  await expect(dialog).toHaveAccessibleName('Delete 30 files?');
});

test('by keyboard: a deletion under way is stopped', async ({ openPage, server }) => {
  server.seed(30);
  const held = server.faults.inject({
    on: 'delete',
    from: 11,
    times: Number.POSITIVE_INFINITY,
    fault: { kind: 'hang', at: 'headers' },
  });
  const files = await openPage();
  const { table, page, dialogDelete, stop, status } = files;
  await expect(table.rows.first()).toBeVisible();
  await tabTo(page, table.rows.first());
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await pressButton(files, dialogDelete);
  await expect(stop).toBeVisible(CARRIED_OUT);
  await pressButton(files, stop);
  held.remove();
  held.release();
  await expect(status.filter({ hasText: /^Stopped\. \d+ files were kept/ })).toBeVisible();
});

test('by keyboard: what could not be deleted is tried again', async ({ openPage, server }) => {
  server.files.add({ name: 'refused.txt' });
  server.faults.inject({ on: 'delete', fault: { kind: 'status', status: 403 } });
  const files = await openPage();
  const { table, page, dialog, dialogDelete, alert, retry, undo } = files;
  await expect(table.rows.first()).toBeVisible();
  await tabTo(page, table.rows.first());
  await page.keyboard.press('Delete');
  await pressButton(files, dialogDelete);
  await expect(alert).toContainText('“refused.txt” was not deleted', CARRIED_OUT);
  await pressButton(files, retry);
  await expect(dialog).toHaveAccessibleName('Delete refused.txt?');
  await pressButton(files, dialogDelete);
  await expect(undo).toBeVisible();
  expect(server.requests.all('delete')).toHaveLength(1);
});
