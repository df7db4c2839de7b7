import { expectAccessible } from '../../harness/accessibility.ts';
import { expect, test } from '../../harness/page-test.ts';
import { tabTo } from '../../harness/tab-to.ts';
import type { FilesWindow } from '../../pages/files-window.ts';

/** Presses keys one after the other. */
async function press({ page }: FilesWindow, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

test('sorting, columns, pages, selection, search and folders with the keyboard alone', {
  tag: '@in-app',
}, async ({ openPage, server }) => {
  server.seed(120);
  for (let index = 0; index < 3; index += 1) {
    server.files.add({ name: `zoo/animals/lion-${index}.txt`, sizeBytes: 100_000_000 - index });
  }
  const files = await openPage();
  const { table, search, path, options, announced, selected, selectMatching, page } = files;
  await expect(table.rows.first()).toBeVisible();

  await test.step('sort by size, from the header', async () => {
    await tabTo(page, table.selectAll);
    await press(files, 'ArrowRight', 'ArrowRight', 'ArrowRight', 'Enter');
    // What is announced stands for two seconds only, here and below.
    await expect(announced).toHaveText('Sorted by size, largest first');
    await expect(table.header('Size')).toHaveAttribute('aria-sort', 'descending');
    await expect(table.names.first()).toHaveAccessibleName('zoo/animals/lion-0.txt');
  });

  await test.step('move and resize a column, from the header', async () => {
    const width = (await table.header('Size').boundingBox())?.width ?? 0;
    await press(files, 'Control+ArrowLeft');
    await expect(announced).toHaveText('Size, column 2 of 5');
    await expect(table.columns).toHaveText(['Name', 'Size', 'Kind', 'Created', 'Saveable']);
    await expect(table.header('Size').getByRole('button')).toBeFocused();
    await press(files, 'Shift+ArrowRight');
    await expect(announced).toHaveText('Size, 120 pixels wide');
    expect((await table.header('Size').boundingBox())?.width).toBe(width + 16);
  });

  await test.step('hide a column, in the options', async () => {
    await tabTo(page, options.button);
    await press(files, 'Enter');
    await expect(options.dialog).toBeVisible();
    await tabTo(page, options.column('Kind'));
    await press(files, 'Space', 'Escape');
    await expect(table.columns).toHaveText(['Name', 'Size', 'Created', 'Saveable']);
    await expect(options.button).toBeFocused();
  });

  await test.step('turn pages', async () => {
    await tabTo(page, table.rows.first());
    await press(files, 'Alt+PageDown');
    await expect(announced).toHaveText('51–100 of 123');
    await expect(table.pager).toContainText('51–100 of 123');
    await expect(table.rows.first()).toBeFocused();
    await expect(table.rows.first()).toHaveAttribute('aria-rowindex', '52');
    await press(files, 'Alt+End');
    await expect(table.pager).toContainText('101–123 of 123');
    await press(files, 'Alt+Home');
    await expect(table.pager).toContainText('1–50 of 123');
  });

  await test.step('select a range, the page, all that match, and nothing', async () => {
    await press(files, 'Space', 'Shift+ArrowDown', 'Shift+ArrowDown');
    await expect(selected(/^3 files selected/)).toBeVisible();
    await press(files, 'Control+a');
    await expect(selected(/^50 files selected/)).toBeVisible();
    await expect(selectMatching).toHaveText('Select all 123 that match');
    await press(files, 'Control+a');
    await expect(announced).toContainText('123 files selected');
    await expect(selected(/^123 files selected/)).toBeVisible();
    await expect(selectMatching).toBeHidden();
    await press(files, 'Escape');
    await expect(announced).toHaveText('Selection cleared');
    await expect(selected(/files selected/)).toHaveCount(0);
  });

  await test.step('search, and go to what was found', async () => {
    await press(files, 'Control+f');
    await expect(search).toBeFocused();
    await page.keyboard.type('lion');
    await expect(announced).toHaveText('3 files found');
    await expect(table.rows).toHaveCount(3);
    await press(files, 'Enter');
    await expect(table.row('zoo/animals/lion-0.txt')).toBeFocused();
    await press(files, 'Control+f', 'Escape');
    await expect(table.pager).toContainText('of 123');
  });

  await test.step('walk the folders', async () => {
    await tabTo(page, path.flat);
    await press(files, 'ArrowRight');
    await expect(path.folders).toBeChecked();
    await tabTo(page, table.rows.first());
    await page.keyboard.type('zoo');
    await press(files, 'Enter');
    await expect(table.folder('zoo/animals')).toBeFocused();
    await press(files, 'Enter');
    await expect(path.current).toHaveText('animals');
    await expect(table.rows).toHaveCount(3);
    await press(files, 'Backspace', 'Backspace');
    await expect(table.folder('zoo')).toBeFocused();
  });
});

test('the list of keys opens with ? and F1, is accessible, and gives the focus back', async ({
  openPage,
  server,
}) => {
  server.seed(3);
  const { table, page, search, shortcuts } = await openPage();
  await table.rows.first().focus();
  await page.keyboard.press('?');
  await expect(shortcuts).toBeVisible();
  await expect(shortcuts.getByRole('button', { name: 'Close' })).toBeFocused();
  for (const does of ['Extend to this row', 'Extend by a screen', 'Go to the results'])
    await expect(shortcuts.getByRole('term').filter({ hasText: does })).toHaveCount(1);
  await expectAccessible(page);
  // The keys of the window rest meanwhile.
  await page.keyboard.press('Control+f');
  await expect(search).not.toBeFocused();
  await page.keyboard.press('Escape');
  await expect(shortcuts).toBeHidden();
  await expect(table.rows.first()).toBeFocused();
  await page.keyboard.press('F1');
  await expect(shortcuts).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(shortcuts).toBeHidden();
  // In a field it is a letter.
  await search.focus();
  await page.keyboard.type('what?');
  await expect(search).toHaveValue('what?');
  await expect(shortcuts).toBeHidden();
});

test('letters lead to names, from row to row and by what is typed', async ({ openPage, server }) => {
  for (const name of ['budget.csv', 'anna.md', 'Ähnlich.txt', 'bench.json', 'beta.txt']) {
    server.files.add({ name });
  }
  const { table, page } = await openPage();
  await table.sortBy('Name');
  await expect(table.names.first()).toHaveAccessibleName('Ähnlich.txt');
  await table.row('Ähnlich.txt').focus();
  await page.keyboard.press('b');
  await expect(table.row('bench.json')).toBeFocused();
  await page.keyboard.press('b');
  await expect(table.row('beta.txt')).toBeFocused();
  await page.keyboard.press('Home');
  await expect(table.row('Ähnlich.txt')).toBeFocused();
});
