import { dropWhereRefused, pasteFiles } from '../harness/drop-files.ts';
import { writeLocalFile } from '../harness/local-files.ts';
import { expect, test } from '../harness/test.ts';

test('a number can be pasted where the question asks for it, and a text into every field', async ({
  openFiles,
  server,
}) => {
  server.seed(120);
  const { app, page, table, dialog, dialogCount, dialogDelete, filters, status } = await openFiles();
  const copy = (text: string) =>
    app.electron.evaluate(({ clipboard }, copied) => clipboard.writeText(copied), text);
  await table.rows.first().focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await expect(dialog).toHaveAccessibleName('Delete 120 files?');
  await copy('120');
  await dialogCount.focus();
  await page.keyboard.press('Control+v');
  await expect(dialogCount).toHaveValue('120');
  await expect(dialogDelete).toBeEnabled();
  await page.keyboard.press('Escape');

  await filters.button.click();
  await filters.choice('Other sizes…').check();
  await copy('12');
  await filters.field('At least').focus();
  await page.keyboard.press('Control+v');
  await expect(filters.field('At least')).toHaveValue('12');
  await expect(status.filter({ hasText: 'paste' })).toHaveCount(0);
});

test('while a question is open nothing that is pasted or dropped is uploaded', async ({
  openFiles,
  server,
  profile,
}) => {
  server.files.add({ name: 'stays.txt' });
  const file = await writeLocalFile(profile, 'waits.txt');
  const { page, table, dialog, dropTarget, transfers } = await openFiles();
  await table.row('stays.txt').focus();
  await page.keyboard.press('Delete');
  await expect(dialog).toBeVisible();
  await pasteFiles(page, [file.path]);
  await dropWhereRefused(page, [file.path]);
  await expect(dropTarget).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await pasteFiles(page, [file.path]);
  await transfers.expectState('waits.txt', 'Done');
  await expect(transfers.items).toHaveCount(1);
  expect(server.files.named('waits.txt')).toHaveLength(1);
});
