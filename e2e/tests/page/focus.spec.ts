import type { FilesApi } from '#app/contract/files-contract.ts';
import { locationOf } from '../../harness/location-of.ts';
import { expect, test } from '../../harness/page-test.ts';
import type { FilesWindow } from '../../pages/files-window.ts';

/** Keeps every text that the window shows from now on, be it for a moment. */
async function watchTexts({ page }: FilesWindow): Promise<() => Promise<string>> {
  const watched = await page.evaluateHandle(() => {
    const seen: { text: string } = { text: '' };
    new MutationObserver(() => {
      seen.text += document.querySelector('main')?.innerText ?? '';
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
    return seen;
  });
  return async () => (await watched.jsonValue()).text;
}

/** Lets the list be read again while a dialog keeps the keys from the window. */
async function readAgain({ page }: FilesWindow): Promise<void> {
  await page.evaluate(
    (shown) => {
      // The bridge, as the preload script puts it there.
      const { files: bridge } = window as unknown as { readonly files: FilesApi };
      return bridge.refreshFiles(shown);
    },
    await locationOf(page),
  );
}

test('when the last file of a folder goes, the keyboard goes on in the folder around it', async ({
  openPage,
  server,
}) => {
  const inside = ['reports/q1.csv', 'reports/q2.csv'].map((name) => server.files.add({ name }));
  for (const name of ['a.txt', 'b.txt']) server.files.add({ name });
  const files = await openPage();
  const { table, path, page, status } = files;
  await path.showFolders();
  await table.folder('reports').focus();
  await page.keyboard.press('Enter');
  await expect(table.rows.first()).toBeFocused();
  const readTexts = await watchTexts(files);
  for (const { id } of inside) server.files.delete(id);
  await page.keyboard.press('F5');
  await expect(status.filter({ hasText: 'The folder “reports” no longer exists' })).toBeVisible();
  await expect(table.rows).toHaveCount(2);
  await expect(table.rows.first()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(table.rows.nth(1)).toBeFocused();
  expect(await readTexts()).not.toContain('Drop files here');
});

test('when all that a search found goes, the keyboard goes on from the words in the table’s place', async ({
  openPage,
  server,
}) => {
  const found = server.files.add({ name: 'found.txt' });
  server.files.add({ name: 'other.csv' });
  const { table, search, page } = await openPage();
  await search.fill('found');
  await expect(table.rows).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(table.row('found.txt')).toBeFocused();
  server.files.delete(found.id);
  await page.keyboard.press('F5');
  await expect(page.getByRole('heading', { name: 'No file matches “found”' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(search).toHaveValue('');
  await expect(table.row('other.csv')).toBeFocused();
});

test('when the last file of all goes, the keyboard goes on from the invitation to upload', async ({
  openPage,
  server,
}) => {
  const last = server.files.add({ name: 'last.txt' });
  const { table, page } = await openPage();
  await table.row('last.txt').focus();
  server.files.delete(last.id);
  await page.keyboard.press('F5');
  await expect(page.getByRole('heading', { name: 'Drop files here' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Upload files…' })).toBeFocused();
  server.files.add({ name: 'next.txt' });
  await page.keyboard.press('F5');
  await expect(table.row('next.txt')).toBeFocused();
});

test('when a message goes with the button that has the focus, the keyboard goes on from there', async ({
  openPage,
  server,
}) => {
  server.files.add({ name: 'stays.txt' });
  const { table, page, dialogDelete, undo } = await openPage();
  await table.row('stays.txt').focus();
  await page.keyboard.press('Delete');
  await dialogDelete.click();
  await undo.focus();
  await page.keyboard.press('Enter');
  await expect(undo).toHaveCount(0);
  await expect(page.locator('body')).not.toBeFocused();
});

test('another page takes the keyboard to its active row from a checkbox too', async ({
  openPage,
  server,
}) => {
  server.seed(120);
  const { table, page } = await openPage();
  await table.rows.nth(5).getByRole('checkbox').click();
  await page.keyboard.press('Alt+PageDown');
  await expect(table.pager).toContainText('51–100 of 120');
  await expect(table.rows.first()).toBeFocused();
});

test('files that arrive above leave the keyboard with the file whose checkbox had it', async ({
  openPage,
  server,
}) => {
  for (const name of ['one.txt', 'two.txt']) server.files.add({ name, createdAt: 1000 });
  const { table, page } = await openPage();
  await table.checkbox('two.txt').click();
  server.files.add({ name: 'new.txt' });
  await page.keyboard.press('F5');
  await expect(table.names.first()).toHaveAccessibleName('new.txt');
  await expect(table.row('two.txt')).toBeFocused();
});

test('a question that is answered with Cancel gives the keyboard back to the file, wherever that stands by then', async ({
  openPage,
  server,
}) => {
  for (const name of ['one.txt', 'two.txt']) server.files.add({ name, createdAt: 1000 });
  const files = await openPage();
  const { table, page, dialog, dialogCancel } = files;
  await table.row('two.txt').focus();
  await page.keyboard.press('Delete');
  await expect(dialog).toHaveAccessibleName('Delete two.txt?');
  server.files.add({ name: 'new.txt' });
  await readAgain(files);
  await expect(page.getByText('new.txt').first()).toBeVisible();
  await expect(dialogCancel).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(table.row('two.txt')).toBeFocused();
});

test('a question whose row is not drawn any more gives the keyboard back to the active row', async ({
  openPage,
  server,
}) => {
  server.files.add({ name: 'newer.txt', createdAt: 2000 });
  const last = server.files.add({ name: 'older.txt', createdAt: 1000 });
  const files = await openPage();
  const { table, page, dialog, dialogCancel } = files;
  await table.row('older.txt').focus();
  await page.keyboard.press('Delete');
  await expect(dialog).toHaveAccessibleName('Delete older.txt?');
  server.files.delete(last.id);
  await readAgain(files);
  await expect(page.locator('[data-row-key]')).toHaveCount(1);
  await expect(dialogCancel).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(table.row('newer.txt')).toBeFocused();
});
