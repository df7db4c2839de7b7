import { expectAccessible } from '../../harness/accessibility.ts';
import { expect, test } from '../../harness/page-test.ts';
import { UNDO_MS } from '../../harness/profile.ts';
import { tabTo } from '../../harness/tab-to.ts';
import type { FilesWindow } from '../../pages/files-window.ts';
import type { LocalServer } from '../../server/server.ts';

/** The grace period, and time for the requests after it. */
const CARRIED_OUT = { timeout: UNDO_MS + 15_000 };
const ALWAYS = Number.POSITIVE_INFINITY;

function add(server: LocalServer, count: number): void {
  for (let index = 1; index <= count; index += 1)
    server.files.add({ name: `file ${index}.txt`, sizeBytes: 1024, createdAt: index * 1000 });
}

/** Selects a page of up to a thousand files, which has come when the pager says so. */
async function selectPage({ table }: FilesWindow, range: string): Promise<void> {
  await table.rowsPerPage.selectOption('1000');
  await expect(table.pager).toContainText(range);
  await table.selectAll.click();
  await expect(table.selectAll).toBeChecked();
}

test('more than a hundred are deleted only when their number is typed, with the keyboard alone', {
  tag: '@in-app',
}, async ({ openPage, server }) => {
  add(server, 1200);
  const files = await openPage();
  const { page, dialog, dialogCancel, dialogDelete, dialogCount, table, undo } = files;
  await selectPage(files, '1–1,000 of 1,200');
  await table.rows.first().focus();
  await page.keyboard.press('Delete');
  await expect(dialogCancel).toBeFocused();
  await expect(dialog).toMatchAriaSnapshot(`
    - alertdialog "Delete 1,000 files?":
      - heading "Delete 1,000 files?" [level=2]
      - paragraph: /From .*, 1,000.KiB in all\\./
      - list "Files to delete":
        - listitem: file 1200.txt 1 KiB
        - listitem: file 1199.txt 1 KiB
        - listitem: file 1198.txt 1 KiB
        - listitem: file 1197.txt 1 KiB
        - listitem: file 1196.txt 1 KiB
        - listitem: file 1195.txt 1 KiB
        - listitem: and 994 more
      - paragraph: /You can undo this for 3 seconds\\. After that it cannot be undone/
      - text: Type 1,000 to confirm
      - textbox "Type 1,000 to confirm"
      - button "Cancel"
      - button "Delete" [disabled]
  `);
  await page.keyboard.press('Shift+Tab');
  await expect(dialogCount).toBeFocused();
  await page.keyboard.type('100');
  await expect(dialogDelete).toBeDisabled();
  await page.keyboard.type('0');
  await expect(dialogDelete).toBeEnabled();
  // In the field Enter confirms nothing.
  await page.keyboard.press('Enter');
  await expect(dialog).toBeVisible();
  await page.keyboard.type('0');
  await expect(dialogDelete).toBeDisabled();
  await dialogCount.fill('1,000');
  await expectAccessible(page);
  await tabTo(page, dialogDelete);
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(undo).toBeVisible();
  expect(server.requests.all('delete')).toHaveLength(0);
  await undo.click();
});

test('a hundred need no number', async ({ openPage, server }) => {
  add(server, 100);
  const files = await openPage();
  await selectPage(files, '1–100 of 100');
  await files.delete.click();
  await expect(files.dialog).toHaveAccessibleName('Delete 100 files?');
  await expect(files.dialogCount).toHaveCount(0);
  await expect(files.dialogDelete).toBeEnabled();
});

test('how far it has got is shown, and what has not been asked for can be kept', async ({
  openPage,
  server,
}) => {
  // It waits for a grace period, and for axe in the middle of a deletion.
  test.slow();
  add(server, 60);
  const held = server.faults.inject({
    on: 'delete',
    from: 21,
    times: ALWAYS,
    fault: { kind: 'hang', at: 'headers' },
  });
  const files = await openPage();
  const { page, status, stop, table, dialogDelete } = files;
  await selectPage(files, '1–60 of 60');
  await files.delete.click();
  await dialogDelete.click();
  const bar = page.getByRole('progressbar', { name: 'Deleting 60 files…' });
  await expect(bar).toHaveAttribute('aria-valuetext', '20 of 60', CARRIED_OUT);
  await expect(bar).toHaveAttribute('aria-valuenow', '33');
  await expectAccessible(page);
  await stop.click();
  held.remove();
  held.release();
  const news = status.filter({ hasText: /^Stopped\. \d+ files were kept/ });
  await expect(news).toBeVisible();
  await expect(news).toContainText(/Deleted 2\d files/);
  // What was stopped is still there, to be tried again or not.
  await expect(table.rows.first()).toBeVisible();
  expect(server.requests.all('delete').length).toBeLessThan(30);
  expect(server.files.size).toBe(60 - Number(/Deleted (\d+)/.exec(await news.innerText())?.[1]));
});

test('when the server asks to wait, it says until when, and goes on by itself', async ({
  openPage,
  server,
}) => {
  add(server, 30);
  server.faults.inject({
    on: 'delete',
    from: 11,
    fault: { kind: 'status', status: 429, retryAfterSeconds: 5 },
  });
  const files = await openPage();
  const { status, stop, dialogDelete } = files;
  await selectPage(files, '1–30 of 30');
  await files.delete.click();
  await dialogDelete.click();
  const news = status.filter({ hasText: 'OpenRouter is limiting requests' });
  await expect(news).toContainText(/Resuming at \d+:\d\d:\d\d.[AP]M\./, CARRIED_OUT);
  await expect(stop).toBeVisible();
  await expect(status.filter({ hasText: 'Deleted 30 files' })).toBeVisible(CARRIED_OUT);
  expect(server.files.size).toBe(0);
});
