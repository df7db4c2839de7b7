import { expect, test } from '../../harness/page-test.ts';

test('F5 and F1 work in the search field, and Escape in a column header clears the selection', async ({
  openPage,
  server,
}) => {
  server.files.add({ name: 'old.txt' });
  const { table, search, shortcuts, selected, page } = await openPage();
  await expect(table.rows).toHaveCount(1);
  await search.focus();
  server.files.add({ name: 'new.txt' });
  await page.keyboard.press('F5');
  await expect(table.row('new.txt')).toBeVisible();
  await expect(search).toBeFocused();
  await page.keyboard.press('F1');
  await expect(shortcuts).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(search).toBeFocused();

  await table.checkbox('old.txt').click();
  await expect(selected(/^1 file selected/)).toBeVisible();
  await table.header('Size').getByRole('button').focus();
  await page.keyboard.press('Escape');
  await expect(selected(/^1 file selected/)).toHaveCount(0);
});

test('digits of full width, as input methods write them, confirm a deletion', async ({
  openPage,
  server,
}) => {
  server.seed(101);
  const { table, page, dialogCount, dialogDelete, selectMatching } = await openPage();
  await expect(table.rows.first()).toBeVisible();
  await table.rows.first().focus();
  await page.keyboard.press('Control+a');
  await selectMatching.click();
  await table.rows.first().focus();
  await page.keyboard.press('Delete');
  await expect(dialogDelete).toBeDisabled();
  await dialogCount.fill('１０１');
  await expect(dialogDelete).toBeEnabled();
});
