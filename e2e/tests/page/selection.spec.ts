import { expect, test } from '../../harness/page-test.ts';
import type { FilesWindow } from '../../pages/files-window.ts';

const NAMES = ['five.txt', 'four.txt', 'three.txt', 'two.txt', 'one.txt'] as const;

async function expectSelected({ table }: FilesWindow, names: readonly string[]): Promise<void> {
  await expect(table.selected.getByRole('rowheader')).toHaveCount(names.length);
  for (const name of names) {
    await expect(table.row(name)).toHaveAttribute('aria-selected', 'true');
    await expect(table.checkbox(name)).toBeChecked();
  }
}

test.beforeEach(({ server }) => {
  for (const name of [...NAMES].reverse()) server.files.add({ name });
});

test('by mouse: a click selects one, Ctrl adds and removes, Shift selects a range', async ({ openPage }) => {
  const files = await openPage();
  const { table, page } = files;
  await table.row('four.txt').click();
  await expectSelected(files, ['four.txt']);
  await table.row('two.txt').click();
  await expectSelected(files, ['two.txt']);
  await table.row('five.txt').click({ modifiers: ['ControlOrMeta'] });
  await expectSelected(files, ['five.txt', 'two.txt']);
  await table.row('two.txt').click({ modifiers: ['ControlOrMeta'] });
  await expectSelected(files, ['five.txt']);
  await table.row('five.txt').click();
  await table.row('three.txt').click({ modifiers: ['Shift'] });
  await expectSelected(files, ['five.txt', 'four.txt', 'three.txt']);
  await expect(page.getByRole('main').getByText(/^3 files selected/)).toBeVisible();
});

test('by checkbox: each adds its row, the one in the header takes the page', async ({ openPage }) => {
  const files = await openPage();
  const { table } = files;
  await table.checkbox('one.txt').click();
  await table.checkbox('three.txt').click();
  await expectSelected(files, ['one.txt', 'three.txt']);
  await expect(table.selectAll).toBeChecked({ indeterminate: true });
  await table.selectAll.click();
  await expectSelected(files, NAMES);
  await expect(table.selectAll).toBeChecked();
  await table.selectAll.click();
  await expectSelected(files, []);
});

test('by keyboard: arrows move, Space selects, Shift extends, Ctrl+A takes all, Escape none', async ({
  openPage,
}) => {
  const files = await openPage();
  const { table, page } = files;
  await table.row('five.txt').focus();
  await page.keyboard.press('ArrowDown');
  await expect(table.row('four.txt')).toBeFocused();
  await expectSelected(files, []);
  await page.keyboard.press('Space');
  await expectSelected(files, ['four.txt']);
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expectSelected(files, ['four.txt', 'three.txt', 'two.txt']);
  await expect(table.row('two.txt')).toBeFocused();
  await page.keyboard.press('Space');
  await expectSelected(files, ['four.txt', 'three.txt']);
  await page.keyboard.press('ControlOrMeta+a');
  await expectSelected(files, NAMES);
  await page.keyboard.press('Escape');
  await expectSelected(files, []);
  // As with Caps Lock on.
  await page.keyboard.press('ControlOrMeta+A');
  await expectSelected(files, NAMES);
  await page.keyboard.press('Escape');
  await page.keyboard.press('End');
  await expect(table.row('one.txt')).toBeFocused();
  await page.keyboard.press('Home');
  await expect(table.row('five.txt')).toBeFocused();
});

test('one row takes part in the tab order', async ({ openPage }) => {
  const { table, page } = await openPage();
  await table.row('three.txt').click();
  await expect(table.grid.locator('[role=row][tabindex="0"]')).toHaveCount(1);
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Tab');
  await expect(table.row('three.txt')).toBeFocused();
});

test('a selection is kept over pages and searches', async ({ openPage, server }) => {
  server.seed(60, { now: Date.now() - 1000 });
  const files = await openPage();
  const { table, page, search } = files;
  await expect(table.pager).toContainText('1–50 of 65');
  await table.row('four.txt').click();
  await table.nextPage.click();
  await expect(table.pager).toContainText('51–65 of 65');
  await table.rows.first().click({ modifiers: ['ControlOrMeta'] });
  await expect(page.getByRole('main').getByText(/^2 files selected/)).toBeVisible();
  await search.fill('five');
  await expect(table.rows).toHaveCount(1);
  await expect(page.getByRole('main').getByText(/^2 files selected/)).toBeVisible();
  await search.fill('');
  // A search begins at its first page, and so does what comes after it.
  await expect(table.pager).toContainText('1–50 of 65');
  await expectSelected(files, ['four.txt']);
  await page.getByRole('button', { name: 'Clear selection' }).click();
  await expect(page.getByRole('main').getByText(/selected/)).toHaveCount(0);
});

test('what others have deleted leaves the selection when the list is read again', async ({
  openPage,
  server,
}) => {
  const seeded = server.seed(60, { now: Date.now() - 1000 });
  const files = await openPage();
  const { table, page, refresh, search } = files;
  const gone = seeded[0];
  await table.row('four.txt').click();
  await table.lastPage.click();
  await expect(table.pager).toContainText('51–65 of 65');
  await table.checkbox(gone?.name ?? '').click();
  await expect(page.getByRole('main').getByText(/^2 files selected/)).toBeVisible();
  await search.fill('no such file');
  server.files.delete(gone?.id ?? '');
  await refresh.click();
  await expect(page.getByRole('main').getByText(/^1 file selected/)).toBeVisible();
  await search.fill('');
  await expectSelected(files, ['four.txt']);
});

test('of many pages, the page is selected first and then, when asked, all that match', async ({
  openPage,
  server,
}) => {
  server.seed(120, { now: Date.now() - 1000 });
  const files = await openPage();
  const { table, search, selectMatching, selected, clearSelection } = files;
  await table.selectAll.click();
  await expect(selected(/^50 files selected/)).toBeVisible();
  await expect(selected('All 50 rows on this page are selected.')).toBeVisible();
  await selectMatching.click();
  await expect(selected(/^125 files selected/)).toBeVisible();
  await expect(selectMatching).toBeHidden();
  // The button went; the keyboard goes on in the table.
  await expect(table.rows.first()).toBeFocused();
  await table.nextPage.click();
  await expect(table.selectAll).toBeChecked();
  await clearSelection.click();
  await search.fill('.txt');
  await expect(table.pager).not.toContainText('of 125');
  const matching = /of (\d+)/.exec((await table.pager.textContent()) ?? '')?.[1];
  await table.rows.first().focus();
  // The second press finds what the first has made, however soon it comes.
  await files.page.keyboard.press('ControlOrMeta+a');
  await files.page.keyboard.press('ControlOrMeta+a');
  await expect(selected(new RegExp(`^${matching} files selected`))).toBeVisible();
});

test('all that match are offered also where as many other files are selected', async ({
  openPage,
  server,
}) => {
  for (let index = 0; index < 55; index += 1) server.files.add({ name: `match ${index}.csv` });
  const files = await openPage();
  const { table, search, selectMatching, selected } = files;
  await expect(table.rows.first()).toBeVisible();
  // With the fifty of the next search's first page these are as many as match it.
  await search.fill('.txt');
  await expect(table.rows).toHaveCount(NAMES.length);
  await table.selectAll.click();
  await search.fill('match');
  await expect(table.pager).toContainText('1–50 of 55');
  await table.selectAll.click();
  await expect(selected(/^55 files selected/)).toBeVisible();
  await expect(selectMatching).toHaveText('Select all 55 that match');
  await selectMatching.click();
  await expect(selected(/^60 files selected/)).toBeVisible();
  await expect(selectMatching).toBeHidden();
});

test('nothing is offered when the pages were selected one after the other', async ({ openPage, server }) => {
  for (let index = 0; index < 55; index += 1) server.files.add({ name: `match ${index}.csv` });
  const files = await openPage();
  const { table, search, selectMatching, selected } = files;
  await search.fill('match');
  await expect(table.pager).toContainText('1–50 of 55');
  await table.selectAll.click();
  await expect(selectMatching).toBeVisible();
  await table.nextPage.click();
  await expect(table.rows).toHaveCount(5);
  await table.selectAll.click();
  await expect(selected(/^55 files selected/)).toBeVisible();
  await expect(selectMatching).toBeHidden();
});

test('a range goes over pages from where it was begun', async ({ openPage, server }) => {
  server.seed(100, { now: Date.now() - 1000 });
  const files = await openPage();
  const { table, selected } = files;
  await table.rows.nth(10).click();
  await table.nextPage.click();
  await expect(table.pager).toContainText('51–100 of 105');
  await table.rows.first().click({ modifiers: ['Shift'] });
  // From the eleventh row to the fifty-first.
  await expect(selected(/^41 files selected/)).toBeVisible();
});

test('a selection outlasts another order', async ({ openPage }) => {
  const files = await openPage();
  await files.table.checkbox('four.txt').click();
  await files.table.checkbox('one.txt').click();
  await files.table.sortBy('Name');
  await expect(files.table.names.first()).toHaveAccessibleName('five.txt');
  await expectSelected(files, ['four.txt', 'one.txt']);
});
