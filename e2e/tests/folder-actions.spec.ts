import { readdir } from 'node:fs/promises';
import { answerDialogs } from '../harness/native-dialogs.ts';
import { expect, test } from '../harness/test.ts';
import { createBufferContent } from '../server/content.ts';

test.beforeEach(({ server }) => {
  for (const name of ['reports/q1.csv', 'reports/2026/q2.csv', 'reports/2026/q3.csv'])
    server.files.add({ name, mimeType: 'text/csv', sizeBytes: 1024 });
  server.files.add({
    name: 'reports/chart.png',
    mimeType: 'image/png',
    content: createBufferContent(Buffer.from('x')),
  });
  server.files.add({ name: 'notes.txt' });
});

test('the details of a folder sum up what is below it', async ({ openFiles }) => {
  const { page, table, details } = await openFiles();
  await page.getByText('Folders', { exact: true }).click();
  await table.row('Folder reports').click();
  await page.getByRole('button', { name: 'Show details' }).click();
  await expect(details.panel.getByRole('heading', { name: 'reports' })).toBeVisible();
  await expect(details.panel).toContainText('4 files below it');
  await expect(details.value('Saveable')).toHaveText('1 of 4');
  await expect(details.value('Kinds').getByRole('listitem')).toHaveText([
    /CSV.*3 files, 3.KiB/,
    /Image.*1 file/,
  ]);
  // With another file it is a folder no more.
  await table.row('notes.txt').click({ modifiers: ['ControlOrMeta'] });
  await expect(details.panel).toContainText('5 files');
  await expect(details.panel.getByRole('heading', { name: 'reports' })).toHaveCount(0);
});

test('saving a folder says how many of the files below it are saved, and how many cannot be', async ({
  openFiles,
  server,
  profile,
}) => {
  const content = createBufferContent(Buffer.from('y'));
  for (const name of ['reports/2026/table.png', 'reports/2026/plot.png'])
    server.files.add({ name, mimeType: 'image/png', content });
  const { app, page, path, table, status } = await openFiles();
  const dialogs = await answerDialogs(app.electron, { open: profile.saveFolder });
  await path.showFolders();
  await table.folder('reports').focus();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(status.filter({ hasText: '3 files are left out' })).toBeVisible();
  await expect
    .poll(() => dialogs.opened())
    .toMatchObject([{ kind: 'open', title: 'Choose a folder to save 3 files into' }]);
  await expect
    .poll(async () => (await readdir(profile.saveFolder)).toSorted())
    .toEqual(['chart.png', 'plot.png', 'table.png']);
});

test('deleting a folder names it and says how many files are below it', async ({ openFiles, server }) => {
  const { page, table, dialog, dialogDelete, undo } = await openFiles();
  await page.getByText('Folders', { exact: true }).click();
  await table.row('Folder reports').focus();
  await page.keyboard.press('Delete');
  await expect(dialog).toHaveAccessibleName('Delete 4 files?');
  await expect(dialog).toContainText('4 files are in the folder “reports” and the folders below it.');
  await expect(dialog).toContainText(new URL(server.baseUrl).host);
  for (const name of ['reports/q1.csv', 'reports/2026/q3.csv']) await expect(dialog).toContainText(name);
  await dialogDelete.click();
  await undo.click();
  await expect(table.row('Folder reports')).toBeVisible();
  expect(server.files.size).toBe(5);
});
