import { expect, test } from '../../harness/page-test.ts';
import { tabTo } from '../../harness/tab-to.ts';
import { createBufferContent } from '../../server/content.ts';

test('Enter opens the details of a row, read afresh from the server', { tag: '@in-app' }, async ({
  openPage,
  server,
}) => {
  const createdAt = Date.UTC(2026, 0, 2, 3, 4, 5);
  const file = server.files.add({
    name: 'data/sales.csv',
    mimeType: 'text/csv',
    sizeBytes: 24_576,
    createdAt,
  });
  // The listing shows another size than the file itself: what stands in the details must be the file's.
  const stale = { kind: 'changedRow', row: 0, set: { size_bytes: 1 } } as const;
  server.faults.inject({ on: 'list', fault: stale });
  const { table, page, details } = await openPage();
  await table.row('data/sales.csv').focus();
  await page.keyboard.press('Enter');
  await expect(details.panel).toBeVisible();
  await expect(details.value('Size')).toHaveText(/24.KiB \(24,576 bytes\)/);
  await expect(details.value('Kind')).toHaveText('CSV');
  await expect(details.value('Type')).toHaveText('text/csv');
  await expect(details.value('Created')).toContainText(/Jan(uary)? 2, 2026/);
  await expect(details.value('Created')).toContainText('3:04:05');
  await expect(details.value('Saveable')).toContainText('No. It was uploaded');
  await expect(details.value('ID')).toHaveText(file.id);
  // The table learns what was read.
  await expect(table.row('data/sales.csv')).toContainText('KiB');
});

test('Copy ID puts the id on the clipboard', async ({ openPage, server }) => {
  const content = createBufferContent(Buffer.from('generated'));
  const file = server.files.add({ name: 'chart.png', mimeType: 'image/png', content });
  const { app, table, page, details, status } = await openPage();
  await table.row('chart.png').focus();
  await page.keyboard.press('Enter');
  await expect(details.value('Saveable')).toContainText('Yes. It was generated at OpenRouter');
  await details.copyId.click();
  await expect(status.filter({ hasText: 'ID copied' })).toBeVisible();
  expect(await app.readClipboard()).toBe(file.id);
});

test('a file that others have deleted says so, and its row goes', async ({ openPage, server }) => {
  server.files.add({ name: 'stays.txt' });
  const gone = server.files.add({ name: 'gone.txt' });
  const { table, page, details } = await openPage();
  await expect(table.rows).toHaveCount(2);
  server.files.delete(gone.id);
  await table.row('gone.txt').focus();
  await page.keyboard.press('Enter');
  await expect(details.panel).toContainText('Deleted elsewhere');
  await expect(details.panel).toContainText('“gone.txt” is no longer stored at OpenRouter.');
  await expect(table.row('gone.txt')).toHaveCount(0);
  await expect(table.rows).toHaveCount(1);
  // That was the news of one moment: it does not come back after another selection.
  await table.row('stays.txt').click();
  await expect(details.value('Type')).toBeVisible();
  await table.row('stays.txt').press('Escape');
  await expect(details.panel).toContainText('Select a file to see its details.');
});

test('a file that others have deleted is named without what would turn its name', async ({
  openPage,
  server,
}) => {
  const { id } = server.files.add({ name: 'invoice\u202Efdp.exe' });
  const { table, page, details } = await openPage();
  await table.rows.first().focus();
  server.files.delete(id);
  await page.keyboard.press('Enter');
  await expect(details.panel.getByRole('alert')).toContainText('“invoice\uFFFDfdp.exe” is no longer stored');
});

test('details that cannot be read say why, and the row stays', async ({ openPage, server }) => {
  server.files.add({ name: 'report.txt' });
  server.faults.inject({ on: 'retrieve', times: 5, fault: { kind: 'status', status: 503 } });
  const { table, page, details } = await openPage();
  await table.row('report.txt').focus();
  await page.keyboard.press('Enter');
  const alert = details.panel.getByRole('alert');
  await expect(alert).toContainText('The server is not available at the moment');
  await expect(alert).toContainText('The details may be out of date.');
  await expect(table.row('report.txt')).toBeVisible();
});

test('Enter on another row selects it in the place of one, but not of several', async ({
  openPage,
  server,
}) => {
  for (const name of ['a.csv', 'b.csv', 'c.csv']) server.files.add({ name });
  const { table, page, details } = await openPage();
  await table.row('a.csv').focus();
  await page.keyboard.press('Space');
  await expect(table.selected).toHaveCount(1);
  await table.row('b.csv').focus();
  await page.keyboard.press('Enter');
  await expect(details.panel).toContainText('b.csv');
  await expect(table.selected).toHaveCount(1);
  await table.checkbox('a.csv').click();
  await expect(details.panel).toContainText('2 files');
  await page.getByRole('button', { name: 'Hide details' }).click();
  await expect(details.panel).toBeHidden();
  await table.row('c.csv').focus();
  await page.keyboard.press('Enter');
  await expect(details.panel).toContainText('2 files');
  // What Enter might have asked for would have been answered before this.
  await page.keyboard.press('Space');
  await expect(table.selected).toHaveCount(3);
});

test('several selected files are summed up', async ({ openPage, server }) => {
  server.files.add({ name: 'a.csv', mimeType: 'text/csv', sizeBytes: 1024 });
  server.files.add({ name: 'b.pdf', mimeType: 'application/pdf', sizeBytes: 2048 });
  const { table, page, details } = await openPage();
  await table.row('a.csv').focus();
  await page.keyboard.press('Enter');
  await table.selectAll.click();
  await expect(details.panel).toContainText('2 files');
  await expect(details.value('Total size')).toHaveText(/3.KiB \(3,072 bytes\)/);
  await expect(details.value('Saveable')).toHaveText('0 of 2');
});

test('everything in the details is reached and read without a mouse', async ({ openPage, server }) => {
  const file = server.files.add({
    name: 'plan.md',
    mimeType: 'text/markdown',
    sizeBytes: 2048,
    createdAt: Date.UTC(2026, 0, 2, 3, 4, 5),
  });
  const { app, page, table, details, dialog, dialogCancel, status } = await openPage();
  await table.row('plan.md').focus();
  await page.keyboard.press('Enter');
  await expect(details.value('Type')).toHaveText('text/markdown');
  await expect(details.panel).toMatchAriaSnapshot(`
    - complementary "Details":
      - heading "Details" [level=2]
      - button "Close details"
      - heading "plan.md" [level=3]
      - button "Copy ID"
      - button "Copy as…"
      - button "Save…"
      - button "Replace…"
      - button "Delete…"
      - term: Kind
      - definition: Markdown
      - term: Type
      - definition: text/markdown
      - term: Size
      - definition: 2 KiB (2,048 bytes)
      - term: Created
      - definition: January 2, 2026 at 3:04:05 AM
      - term: Saveable
      - definition: No. It was uploaded, and OpenRouter never gives uploads back.
      - term: ID
      - definition:
        - code: /or_file_\\w+/
  `);
  await tabTo(page, details.copyId);
  await page.keyboard.press('Enter');
  await expect(status.filter({ hasText: 'ID copied' })).toBeVisible();
  expect(await app.readClipboard()).toBe(file.id);
  await tabTo(page, details.delete);
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveAccessibleName('Delete plan.md?');
  await expect(dialogCancel).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(details.delete).toBeFocused();
  await tabTo(page, page.getByRole('button', { name: 'Close details' }));
  await page.keyboard.press('Enter');
  await expect(details.panel).toHaveCount(0);
});
