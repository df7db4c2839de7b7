import { expectAccessible } from '../../harness/accessibility.ts';
import { expect, test } from '../../harness/page-test.ts';

const NAMES = [
  'reports/2026/may.pdf',
  'reports/2026/june.pdf',
  'reports/summary.md',
  'photos/team.jpg',
  'top.txt',
] as const;

test.beforeEach(({ server }) => {
  for (const name of NAMES) server.files.add({ name, sizeBytes: 1024 });
});

test('slashes in names are shown as folders with what is in them, and the choice is remembered', async ({
  openPage,
}) => {
  const { table, path, app } = await openPage();
  await expect(table.rows).toHaveCount(NAMES.length);
  await expect(path.flat).toBeChecked();
  await path.showFolders();
  await expect(table.rows).toHaveCount(3);
  await expect(table.folder('reports')).toContainText('3 files');
  await expect(table.folder('reports')).toContainText(/3.KiB/);
  await expect(table.folder('photos')).toContainText('1 file');
  await expect(table.row('top.txt')).toBeVisible();
  await expect(table.pager).toContainText('1–3 of 3');
  await app.quit();
  const again = await openPage();
  await expect(again.path.folders).toBeChecked();
  await expect(again.table.folder('reports')).toBeVisible();
  await again.path.showFlat();
  await expect(again.table.rows).toHaveCount(NAMES.length);
});

test('a double click leads in, the way above back out, and names are whole for assistive technology', async ({
  openPage,
}) => {
  const { table, path, announced, selected, page } = await openPage();
  await path.showFolders();
  await table.folder('reports').dblclick();
  await expect(announced).toHaveText('Folder reports, 1–2 of 2');
  await expect(path.current).toHaveText('reports');
  // The click that led in had selected all that is inside.
  await expect(selected(/files selected/)).toHaveCount(0);
  const summary = table.row('reports/summary.md');
  await expect(summary.getByText('summary.md', { exact: true })).toBeVisible();
  await expect(summary).not.toContainText('reports/');
  await expect(table.checkbox('reports/summary.md')).toBeVisible();
  await table.folder('reports/2026').dblclick();
  await expect(path.current).toHaveText('2026');
  await expect(table.rows).toHaveCount(2);
  await expectAccessible(page);
  await path.step('reports').click();
  await expect(path.current).toHaveText('reports');
  await path.step('All files').click();
  await expect(table.rows).toHaveCount(3);
  await expect(path.up).toBeDisabled();
});

test('by keyboard: Enter leads in, Backspace and Alt with an arrow out, onto the folder one came from', {
  tag: '@in-app',
}, async ({ openPage }) => {
  const { table, path, page } = await openPage();
  await path.showFolders();
  await table.rows.first().focus();
  await page.keyboard.type('rep');
  await expect(table.folder('reports')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(table.folder('reports/2026')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(path.current).toHaveText('2026');
  await expect(table.rows.first()).toBeFocused();
  await page.keyboard.press('Backspace');
  await expect(table.folder('reports/2026')).toBeFocused();
  await page.keyboard.press('Alt+ArrowUp');
  await expect(table.folder('reports')).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(table.folder('reports')).toBeFocused();
});

test('a folder stands for all files below it in the selection and in a deletion', async ({ openPage }) => {
  const { table, path, page, dialog, dialogCancel, selected } = await openPage();
  await path.showFolders();
  await table.folderCheckbox('reports').click();
  await expect(selected(/^3 files selected/)).toBeVisible();
  await table.rows.first().focus();
  await page.keyboard.press('Delete');
  await expect(dialog).toHaveAccessibleName(/3 files/);
  await dialogCancel.click();
  await table.folder('reports').getByRole('rowheader').dblclick();
  await table.folder('reports/2026').dblclick();
  await table.checkbox('reports/2026/may.pdf').click();
  await expect(selected(/^1 file selected/)).toBeVisible();
  await path.step('All files').click();
  await expect(table.folderCheckbox('reports')).toBeChecked({ indeterminate: true });
  await expect(table.folder('reports')).toHaveAttribute('aria-selected', 'false');
  await expect(table.folderCheckbox('photos')).not.toBeChecked();
});

test('a search in a folder finds what is below it', async ({ openPage }) => {
  const { table, path, search, page } = await openPage();
  await path.showFolders();
  await table.folder('reports').dblclick();
  await expect(path.current).toHaveText('reports');
  await search.fill('may');
  await expect(table.rows).toHaveCount(1);
  await expect(table.row('reports/2026/may.pdf').getByText('2026/may.pdf')).toBeVisible();
  await search.fill('team');
  await expect(page.getByRole('heading', { name: 'No file in “reports” matches “team”' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(table.rows).toHaveCount(2);
});

test('from a folder that is gone one comes to the nearest that is there, and is told', async ({
  openPage,
  server,
}) => {
  const { table, path, refresh, status } = await openPage();
  await path.showFolders();
  await table.folder('reports').dblclick();
  await table.folder('reports/2026').dblclick();
  await expect(path.current).toHaveText('2026');
  for (const file of server.files.all()) if (file.name.startsWith('reports/')) server.files.delete(file.id);
  await refresh.click();
  await expect(status.filter({ hasText: 'The folder “reports/2026” no longer exists' })).toBeVisible();
  await expect(path.current).toHaveText('All files');
  await expect(table.rows).toHaveCount(2);
});

test('back from a folder one is on the page that it was on', async ({ openPage, server }) => {
  for (let index = 0; index < 60; index += 1) server.files.add({ name: `many/${index}/file.txt` });
  const { table, path, page } = await openPage();
  await path.showFolders();
  await table.folder('many').dblclick();
  await table.nextPage.click();
  await expect(table.pager).toContainText('51–60 of 60');
  await table.rows.nth(4).focus();
  const label = await table.names.nth(4).getAttribute('aria-label');
  await page.keyboard.press('Enter');
  await expect(table.pager).toContainText('1–1 of 1');
  await page.keyboard.press('Backspace');
  await expect(table.pager).toContainText('51–60 of 60');
  await expect(table.row(label ?? '')).toBeFocused();
});
