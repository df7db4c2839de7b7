import type { FilesApi } from '#app/contract/files-contract.ts';
import { locationOf } from '../../harness/location-of.ts';
import { expect, test } from '../../harness/page-test.ts';
import type { FilesWindow } from '../../pages/files-window.ts';
import { toFileBody } from '../../server/shapes.ts';
import type { StoredFile } from '../../server/store.ts';

// A server may say whatever it likes: no row but the bad one is lost, and one notice tells what is wrong.

const ENDLESS = 'The server’s file list repeats itself';
const EVERY = Number.POSITIVE_INFINITY;

/** One notice of what went wrong, and the pages that were read stay in view. */
async function expectFailure(files: FilesWindow, title: string, range: string): Promise<void> {
  await expect(files.alert).toHaveCount(1);
  await expect(files.alert).toContainText(title);
  await expect(files.alert).toContainText('The list may be incomplete');
  await expect(files.table.pager).toContainText(range);
}

async function expectNoNotice({ alert, page }: FilesWindow): Promise<void> {
  await expect(alert).toHaveCount(0);
  await expect(page.getByText(/could not be read/)).toHaveCount(0);
}

test('a cursor that repeats ends the reading, says so, and can be tried again', async ({
  openPage,
  server,
}) => {
  server.seed(2500);
  server.faults.inject({ on: 'list', from: 2, times: EVERY, fault: { kind: 'repeatedCursor' } });
  const files = await openPage();
  await expectFailure(files, ENDLESS, '1–50 of 2,000');
  expect(server.requests.all('list').length).toBeLessThan(5);
  server.faults.clear();
  await files.retry.click();
  await expect(files.table.pager).toContainText('1–50 of 2,500');
  await expectNoNotice(files);
});

test('a first page whose cursor is its own is read once', async ({ openPage, server }) => {
  server.seed(2500);
  server.faults.inject({ on: 'list', times: EVERY, fault: { kind: 'repeatedCursor' } });
  const files = await openPage();
  await expectFailure(files, ENDLESS, '1–50 of 2,000');
});

test('an empty page with a cursor is passed over', async ({ openPage, server }) => {
  server.seed(2500);
  server.faults.inject({ on: 'list', from: 2, times: 3, fault: { kind: 'emptyPage' } });
  const files = await openPage();
  await expect(files.table.pager).toContainText(/1–50 of 2,500$/);
  await expectNoNotice(files);
});

test('empty pages without end come to an end', async ({ openPage, server }) => {
  server.seed(2500);
  server.faults.inject({ on: 'list', from: 2, times: EVERY, fault: { kind: 'emptyPage' } });
  const files = await openPage();
  await expectFailure(files, ENDLESS, '1–50 of 1,000');
  expect(server.requests.all('list').length).toBeLessThan(200);
});

test('a listing that changes while it is read loses and repeats nothing', async ({ openPage, server }) => {
  const seeded = server.seed(2500);
  const hang = server.faults.inject({ on: 'list', from: 2, fault: { kind: 'hang', at: 'headers' } });
  const files = await openPage();
  await server.waitFor(({ isHeld }) => isHeld);
  const [readBefore, toCome] = [seeded[10], seeded[2400]];
  server.files.delete(readBefore?.id ?? '');
  server.files.delete(toCome?.id ?? '');
  // Where it belongs the reading has been already, so that it is found by the next one only.
  server.files.add({ name: 'added before.txt', createdAt: (seeded[0]?.createdAt ?? 0) + 1 });
  server.files.add({ name: 'added behind.txt' });
  hang.release();
  await expect(files.table.pager).toContainText(/1–50 of 2,500$/);
  await expect(files.table.row('added behind.txt')).toBeVisible();
  await expectNoNotice(files);

  await files.refresh.click();
  await files.search.fill('added');
  await expect(files.table.rows).toHaveCount(2);
  await files.search.fill(readBefore?.name ?? '');
  await expect(files.table.rows).toHaveCount(0);
  await files.search.fill('');
  await expect(files.table.pager).toContainText(/1–50 of 2,500$/);
  await expectNoNotice(files);
});

test('a row that comes twice, on its page or on a later one, is shown once', async ({ openPage, server }) => {
  const [first, second] = server.seed(1500);
  const again = (file: StoredFile | undefined) =>
    ({ kind: 'addedRow', row: file ? toFileBody(file, 'openrouter', 'everywhere') : {} }) as const;
  server.faults.inject({ on: 'list', fault: again(first) });
  server.faults.inject({ on: 'list', from: 2, fault: again(second) });
  const files = await openPage();
  await expect(files.table.pager).toContainText(/1–50 of 1,500$/);
  await files.search.fill(first?.name ?? '');
  await expect(files.table.rows).toHaveCount(1);
  await files.search.fill(second?.name ?? '');
  await expect(files.table.rows).toHaveCount(1);
  await expectNoNotice(files);
});

test('a shape that nobody knows is read as long as its fields are', async ({ openPage, server }) => {
  server.seed(40);
  const set = { _shape: 'of-next-year', more: { than: ['was', 'promised'] } };
  server.faults.inject({ on: 'list', fault: { kind: 'changedBody', set } });
  const files = await openPage();
  await expect(files.table.pager).toContainText('1–40 of 40');
  await expectNoNotice(files);
  server.faults.inject({ on: 'list', fault: { kind: 'changedRow', row: 3, set } });
  server.files.add({ name: 'to see that it was read again.txt' });
  await files.refresh.click();
  await expect(files.table.pager).toContainText('1–41 of 41');
  await expectNoNotice(files);
});

test('rows that make no sense cost themselves only, and one notice counts them', async ({
  openPage,
  server,
}) => {
  server.seed(5000);
  const changes = [
    { omit: ['filename'] },
    { set: { size_bytes: 1.5 } },
    { set: { size_bytes: -1 } },
    { omit: ['mime_type'] },
    { set: { id: '../../etc' } },
  ];
  for (const [index, change] of changes.entries()) {
    server.faults.inject({ on: 'list', from: index + 1, fault: { kind: 'changedRow', row: 7, ...change } });
  }
  const files = await openPage();
  await expect(files.table.pager).toContainText(/1–50 of 4,995$/);
  await expect(files.page.getByText('5 entries could not be read and are not shown')).toHaveCount(1);
  await expect(files.alert).toHaveCount(0);
});

test('a name of ten thousand characters takes one line of the table and breaks nothing around it', async ({
  openPage,
  server,
}) => {
  const name = `${'long '.repeat(1999)}a.txt`;
  server.seed(10);
  server.files.add({ name });
  const files = await openPage();
  await expect(files.table.rows).toHaveCount(11);
  const [cell, other] = [files.table.names.first(), files.table.names.last()];
  await expect(cell).toHaveAttribute('aria-label', name);
  await files.table.rows.first().focus();
  await files.page.keyboard.press('Enter');
  await expect(files.details.panel).toContainText('a.txt');
  const [height, otherHeight] = [(await cell.boundingBox())?.height, (await other.boundingBox())?.height];
  expect(height).toBe(otherHeight);
  const overflow = await files.page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
  expect(overflow).toBe(0);
  await expectNoNotice(files);
});

test('a name of ten thousand characters leaves every button of the window where it can be pressed', async ({
  openPage,
  server,
}) => {
  for (let index = 0; index < 6; index += 1)
    server.files.add({ name: `${'long '.repeat(1998)} ${index}.txt` });
  const files = await openPage({ size: { width: 800, height: 600 } });
  const { table, dialog, dialogCancel, dialogDelete, undo, page } = files;
  const expectQuestion = async (title: string | RegExp) => {
    await expect(dialog).toHaveAccessibleName(title);
    await expect(dialogCancel).toBeInViewport({ ratio: 1 });
    await expect(dialogDelete).toBeInViewport({ ratio: 1 });
    await expect(dialog.getByRole('heading')).toBeInViewport({ ratio: 1 });
  };
  await table.rows.first().focus();
  await page.keyboard.press('Delete');
  await expectQuestion(/^Delete long .*….* 5\.txt\?$/);
  await dialogDelete.click();
  await expect(undo).toBeInViewport({ ratio: 1 });
  await expect(table.rows.first()).toBeInViewport({ ratio: 1 });
  await undo.click();
  await table.rows.first().focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await expectQuestion('Delete 6 files?');
  await expect(dialog.getByRole('listitem').first()).toContainText(/^long .*….* 5\.txt/);
});

test('names that turn, break or hide are shown as what they are', { tag: '@in-app' }, async ({
  openPage,
  server,
}) => {
  const names = [
    'invoice\u202Efdp.exe',
    'one\nline\u0007.txt',
    'nothing\u200Bhere\uFEFF.txt',
    '\u0000.txt',
    '😀 the 👨‍👩‍👧 of four 🏴‍☠️.png',
    'שלום עולם.pdf',
    'e\u0301te\u0301.txt',
    ' ',
  ];
  for (const name of names) server.files.add({ name });
  const files = await openPage();
  await expect(files.table.pager).toContainText(`1–${names.length} of ${names.length}`);
  const shown = await files.table.names.allInnerTexts();
  expect(shown).toHaveLength(names.length);
  const text = shown.join('|');
  for (const hidden of ['\u0000', '\u0007', '\u200B', '\u202E', '\uFEFF']) expect(text).not.toContain(hidden);
  for (const visible of ['invoice\uFFFDfdp.exe', '👨‍👩‍👧', 'שלום', 'e\u0301te\u0301.txt']) {
    expect(text).toContain(visible);
  }
  const heights = await files.table.rows.evaluateAll((rows) => rows.map((row) => row.clientHeight));
  expect(new Set(heights).size).toBe(1);
  await expectNoNotice(files);
});

test('a file whose name is empty or blank is spoken of as one without a name', async ({
  openPage,
  server,
}) => {
  for (const name of ['', '   ']) server.files.add({ name });
  const { table, page, dialog, dialogCancel, dialogDelete, status } = await openPage();
  const nameless = 'File without a name';
  await expect(table.row(nameless)).toHaveCount(2);
  await expect(table.names).toHaveText([nameless, nameless]);
  await expect(table.checkbox(nameless)).toHaveCount(2);
  await table.rows.first().focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await expect(dialog.getByRole('listitem').filter({ hasText: nameless })).toHaveCount(2);
  await dialogCancel.click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Delete');
  await expect(dialog).toHaveAccessibleName(`Delete ${nameless}?`);
  await dialogDelete.click();
  await expect(status.filter({ hasText: `Deleting “${nameless}”` })).toBeVisible();
});

test('a web page in the middle of the listing is told, and what was read stays', async ({
  openPage,
  server,
}) => {
  server.seed(2500);
  server.faults.inject({ on: 'list', from: 2, fault: { kind: 'html', status: 200 } });
  const files = await openPage();
  await expectFailure(files, 'The server answered with a web page', '1–50 of 1,000');
  await files.retry.click();
  await expect(files.table.pager).toContainText(/1–50 of 2,500$/);
  await expectNoNotice(files);
});

test('a place that the server does not know any more makes it read from the start', async ({
  openPage,
  server,
}) => {
  server.seed(1500);
  const files = await openPage();
  await expect(files.table.pager).toContainText(/1–50 of 1,500$/);
  server.faults.inject({
    on: 'list',
    matching: ({ query }) => query['after'] !== undefined,
    fault: { kind: 'status', status: 400, message: 'Unknown cursor' },
  });
  server.files.add({ name: 'from elsewhere.txt' });
  await files.page.evaluate(
    (shown) => {
      // The bridge, as the preload script puts it there.
      const { files: bridge } = window as unknown as { readonly files: FilesApi };
      return bridge.catchUpFiles(shown);
    },
    await locationOf(files.page),
  );
  await expect(files.table.row('from elsewhere.txt')).toBeVisible();
  await expect(files.table.pager).toContainText(/1–50 of 1,501$/);
  expect(server.requests.all('list').some(({ status }) => status === 400)).toBe(true);
  await expectNoNotice(files);
});

test('pages that come slowly can be used as they come', async ({ openPage, server }) => {
  server.seed(2500);
  const holdPage = (from: number) =>
    server.faults.inject({ on: 'list', from, fault: { kind: 'hang', at: 'headers' } });
  const second = holdPage(2);
  const third = holdPage(3);
  const files = await openPage();
  await expect(files.table.pager).toContainText('1–50 of 1,000+');
  await files.table.nextPage.click();
  await expect(files.table.pager).toContainText('51–100 of 1,000+');
  second.release();
  await expect(files.table.pager).toContainText('51–100 of 2,000+');
  third.release();
  await expect(files.table.pager).toContainText(/51–100 of 2,500$/);
  await expectNoNotice(files);
});
