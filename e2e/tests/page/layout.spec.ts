import { expect, test } from '../../harness/page-test.ts';
import { tabTo } from '../../harness/tab-to.ts';

test('all table options can be reached where the window is small or enlarged', async ({
  openPage,
  server,
}) => {
  server.files.add({ name: 'a.txt' });
  // What a window of 1,280 by 800 pixels has room for at a zoom of 200 %.
  const { table, options } = await openPage({ size: { width: 640, height: 400 } });
  await expect(table.rows).toHaveCount(1);
  await options.button.click();
  await options.choice('Exact').click();
  await expect(options.choice('Exact')).toBeInViewport();
  await expect(options.choice('Exact')).toBeChecked();
  await expect(options.column('Name')).not.toBeInViewport();
  await options.column('Name').scrollIntoViewIfNeeded();
  await expect(options.column('Name')).toBeInViewport();
});

test('a long name is whole beside its row under the keyboard’s focus, and covers no other column', async ({
  openPage,
  server,
}) => {
  const name = `${'a long name that no column has room for '.repeat(6)}.txt`;
  server.files.add({ name });
  server.files.add({ name: 'short.txt', createdAt: 1 });
  const { page, table } = await openPage({ size: { width: 800, height: 600 } });
  await expect(table.rows).toHaveCount(2);
  await tabTo(page, table.rows.first());
  const whole = table.grid.getByText(name, { exact: true });
  await expect(whole).toBeVisible();
  const [hint, row, size] = [
    await whole.boundingBox(),
    await table.rows.first().boundingBox(),
    await table.rows.first().getByRole('gridcell').nth(2).boundingBox(),
  ];
  if (hint === null || row === null || size === null) throw new Error('Something is not drawn');
  expect(hint.x + hint.width).toBeLessThanOrEqual(800);
  expect(hint.y).toBeGreaterThanOrEqual(row.y + row.height - 1);
  const isOnTop = await page.evaluate(
    ([x = 0, y = 0]) => document.elementFromPoint(x, y)?.closest('.file-cell-size') !== null,
    [size.x + size.width / 2, size.y + size.height / 2],
  );
  expect(isOnTop).toBe(true);
  await page.keyboard.press('ArrowDown');
  await expect(whole).toBeHidden();
});

test('the longest size in bytes fits into its column', async ({ openPage, server }) => {
  server.files.add({ name: 'a.txt', sizeBytes: 1023 });
  const { table } = await openPage();
  const cell = table.row('a.txt').getByText('1,023 bytes');
  await expect(cell).toBeVisible();
  expect(await cell.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
});

test('a long way to a folder is read from its ends, and a menu has what lies between', async ({
  openPage,
  server,
}) => {
  const folders = Array.from({ length: 8 }, (_, index) => `folder-${index + 1}`);
  server.files.add({ name: `${folders.join('/')}/a.txt` });
  const { table, path, page } = await openPage({ size: { width: 800, height: 600 } });
  await path.showFolders();
  for (const index of folders.keys()) {
    const folder = table.folder(folders.slice(0, index + 1).join('/'));
    await folder.focus();
    await page.keyboard.press('Enter');
    await expect(folder).toHaveCount(0);
  }
  await expect(path.current).toHaveText('folder-8');
  await expect(path.nav.getByRole('listitem')).toHaveCount(4);
  await expect(path.step('All files')).toBeVisible();
  await expect(path.step('folder-7')).toBeVisible();
  await path.nav.getByRole('button', { name: '6 more folders' }).click();
  await page.getByRole('menuitem', { name: 'folder-3', exact: true }).click();
  await expect(path.current).toHaveText('folder-3');
  await expect(table.folder('folder-1/folder-2/folder-3/folder-4')).toBeVisible();
});

test('files that cannot be read are not told as no files', async ({ openPage, server }) => {
  server.seed(1);
  server.faults.inject({ on: 'list', fault: { kind: 'changedRow', row: 0, omit: ['filename'] } });
  const { page, table } = await openPage();
  await expect(page.getByRole('heading', { name: '1 file could not be read' })).toBeVisible();
  await expect(page.getByText('Drop files here')).toHaveCount(0);
  await page.getByRole('main').getByRole('button', { name: 'Try again' }).click();
  await expect(table.rows).toHaveCount(1);
});

test('a file of an unknown date is listed as such and can be deleted', async ({ openPage, server }) => {
  const { id } = server.files.add({ name: 'undated.txt' });
  server.faults.inject({
    on: 'list',
    times: Number.POSITIVE_INFINITY,
    fault: { kind: 'changedRow', row: 0, set: { created_at: 'yesterday' } },
  });
  const { page, table, dialogDelete } = await openPage();
  await expect(table.row('undated.txt')).toContainText('Unknown');
  await table.rows.first().focus();
  await page.keyboard.press('Delete');
  await dialogDelete.click();
  await expect.poll(() => server.files.get(id), { timeout: 20_000 }).toBeUndefined();
});

test('a wait that the server asked for counts down', async ({ openPage, server }) => {
  server.faults.inject({
    on: 'list',
    times: Number.POSITIVE_INFINITY,
    fault: { kind: 'status', status: 429, retryAfterSeconds: 100 },
  });
  const { alert } = await openPage();
  const readSeconds = async () => Number(/in (\d+) seconds/.exec((await alert.textContent()) ?? '')?.[1]);
  await expect(alert).toContainText(/Try again in \d+ seconds/);
  const first = await readSeconds();
  await expect.poll(readSeconds).toBeLessThan(first);
});
