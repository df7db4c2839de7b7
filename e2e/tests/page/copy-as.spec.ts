import type { SnippetFormat } from '#app/files/file-details.ts';
import { expectAccessible } from '../../harness/accessibility.ts';
import { expect, test } from '../../harness/page-test.ts';
import { tabTo } from '../../harness/tab-to.ts';

/** A line of the menu, what the message says of two files, and what stands in what was copied. */
const FORMS: Readonly<
  Record<SnippetFormat, { readonly line: string; readonly news: string; readonly content: RegExp }>
> = {
  ids: { line: 'IDs', news: '2 IDs copied', content: /^or_file_\w+\nor_file_\w+$/ },
  curl: { line: 'curl commands', news: 'curl commands for 2 files copied', content: /^curl /m },
  typescript: {
    line: 'TypeScript (SDK)',
    news: 'TypeScript for 2 files copied',
    content: /@openrouter\/sdk/,
  },
  python: { line: 'Python', news: 'Python for 2 files copied', content: /^import /m },
  messagePart: { line: 'Message content part', news: '2 message content parts copied', content: /"file_id"/ },
};

test('every form is copied with the keyboard alone, and none holds the key', { tag: '@in-app' }, async ({
  openPage,
  server,
}) => {
  const ids = ['one.pdf', "it's.pdf"].map(
    (name) => server.files.add({ name, mimeType: 'application/pdf', sizeBytes: 10 }).id,
  );
  const { app, page, table, details, status } = await openPage();
  await table.row('one.pdf').focus();
  await page.keyboard.press('Enter');
  await table.row('one.pdf').focus();
  await page.keyboard.press('ControlOrMeta+a');
  await expect(details.panel).toContainText('2 files');
  await tabTo(page, details.copyAs);
  for (const { line, news, content } of Object.values(FORMS)) {
    await page.keyboard.press('Enter');
    await expect(details.copyLine('IDs')).toBeFocused();
    for (let presses = 0; presses < 5; presses += 1) {
      if ((await page.locator(':focus').and(details.copyLine(line)).count()) > 0) break;
      await page.keyboard.press('ArrowDown');
    }
    await expect(details.copyLine(line)).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(status.filter({ hasText: news })).toBeVisible();
    await expect(details.copyAs).toBeFocused();
    const copied = await app.readClipboard();
    expect(copied).toMatch(content);
    for (const id of ids) expect(copied).toContain(id);
    expect(copied).not.toContain(server.apiKey);
  }
  await expect(status.filter({ hasText: 'The API key is not in it' })).toBeVisible();
});

test('too many files at once are refused in words, and the clipboard stays as it was', async ({
  openPage,
  server,
}) => {
  server.seed(1100);
  const { app, page, table, details, alert } = await openPage();
  await app.writeClipboard('before');
  await table.rowsPerPage.selectOption('1000');
  await expect(table.pager).toContainText('1–1,000 of 1,100');
  await table.selectAll.click();
  await table.nextPage.click();
  await expect(table.pager).toContainText('1,001–1,100 of 1,100');
  await table.selectAll.click();
  await page.getByRole('button', { name: 'Show details' }).click();
  await expect(details.panel).toContainText('1,100 files');
  await details.copyAs.click();
  await details.copyLine('Python').click();
  await expect(alert).toContainText('That is too many files at once');
  await expect(alert).toContainText('Select at most 1,000 files');
  expect(await app.readClipboard()).toBe('before');
});

test('the selection is copied without its details', async ({ openPage, server }) => {
  const { id } = server.files.add({ name: 'one.pdf', mimeType: 'application/pdf', sizeBytes: 10 });
  const { app, page, table, details } = await openPage();
  await table.row('one.pdf').click();
  const button = page.getByRole('button', { name: 'Copy selection as…' });
  await tabTo(page, button);
  await page.keyboard.press('Enter');
  await details.copyLine('Message content part').click();
  await expect.poll(() => app.readClipboard()).toContain(`"file_id": "${id}"`);
  await expect(button).toBeFocused();
});

test('axe finds nothing with the menu open', async ({ openPage, server }) => {
  server.files.add({ name: 'one.pdf', mimeType: 'application/pdf', sizeBytes: 10 });
  const { page, table, details } = await openPage();
  await table.row('one.pdf').focus();
  await page.keyboard.press('Enter');
  await details.copyAs.click();
  await expect(details.copyLine('IDs')).toBeVisible();
  await expectAccessible(page);
});
