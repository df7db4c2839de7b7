import { expect, test } from '../../harness/page-test.ts';
import type { FilesWindow } from '../../pages/files-window.ts';

const AT = Date.UTC(2026, 4, 6, 7, 8);

test.beforeEach(({ server }) => {
  const files = [
    { name: 'b 10.csv', mimeType: 'text/csv', sizeBytes: 3000 },
    { name: 'a.pdf', mimeType: 'application/pdf', sizeBytes: 20 },
    { name: 'B 9.txt', mimeType: 'text/plain', sizeBytes: 100 },
  ];
  for (const [index, file] of files.entries()) server.files.add({ ...file, createdAt: AT + index * 60_000 });
});

async function expectNames({ table }: FilesWindow, names: readonly string[]): Promise<void> {
  await expect
    .poll(async () => {
      const cells = await table.names.all();
      return Promise.all(cells.map((cell) => cell.getAttribute('aria-label')));
    })
    .toEqual(names);
}

/** The left edge and the width of a column's header, in whole pixels. */
async function readBox({ table }: FilesWindow, name: string) {
  const box = await table.header(name).boundingBox();
  return { left: Math.round(box?.x ?? 0), width: Math.round(box?.width ?? 0), top: box?.y ?? 0 };
}

test('a click on a header sorts by it, a second one the other way round, and it is remembered', async ({
  openPage,
}) => {
  const files = await openPage();
  const { table, announced, app } = files;
  await expectNames(files, ['B 9.txt', 'a.pdf', 'b 10.csv']);
  await expect(table.header('Created')).toHaveAttribute('aria-sort', 'descending');
  await table.sortBy('Size');
  await expect(announced).toHaveText('Sorted by size, largest first');
  await expectNames(files, ['b 10.csv', 'B 9.txt', 'a.pdf']);
  await expect(table.header('Size')).toHaveAttribute('aria-sort', 'descending');
  await expect(table.header('Created')).not.toHaveAttribute('aria-sort');
  await table.sortBy('Name');
  // By the number in the name, not by its digits.
  await expectNames(files, ['a.pdf', 'B 9.txt', 'b 10.csv']);
  await table.sortBy('Name');
  await expectNames(files, ['b 10.csv', 'B 9.txt', 'a.pdf']);
  await expect(table.header('Name')).toHaveAttribute('aria-sort', 'descending');
  await app.quit();
  const again = await openPage();
  await expectNames(again, ['b 10.csv', 'B 9.txt', 'a.pdf']);
  await expect(again.table.header('Name')).toHaveAttribute('aria-sort', 'descending');
});

test('columns are hidden and moved in the options, which the header opens too, and stay so', async ({
  openPage,
}) => {
  const files = await openPage();
  const { table, options, app, page } = files;
  await table.header('Kind').click({ button: 'right' });
  await expect(options.dialog).toBeVisible();
  await expect(options.column('Name')).toBeDisabled();
  await options.column('Saveable').uncheck();
  await options.column('Kind').uncheck();
  await options.move('Size', 'left').click();
  await expect(options.move('Size', 'left')).toBeDisabled();
  await page.keyboard.press('Escape');
  await expect(options.dialog).toBeHidden();
  await expect(options.button).toBeFocused();
  await expect(table.columns).toHaveText(['Size', 'Name', 'Created']);
  await expect(table.grid).toHaveAttribute('aria-colcount', '4');
  await expect(table.row('a.pdf').getByRole('gridcell')).toHaveCount(3);
  await app.quit();
  const again = await openPage();
  await expect(again.table.columns).toHaveText(['Size', 'Name', 'Created']);
  await again.options.button.click();
  await again.options.reset.click();
  await expect(again.table.columns).toHaveText(['Name', 'Kind', 'Size', 'Created', 'Saveable']);
});

test('the columns stay where they are when the table needs a scrollbar no more', async ({
  openPage,
  server,
}) => {
  server.seed(60);
  const files = await openPage();
  const { table, search } = files;
  await expect(table.pager).toContainText('1–50 of 63');
  const before = await readBox(files, 'Created');
  await search.fill('00060');
  await expect(table.rows).toHaveCount(1);
  expect(await readBox(files, 'Created')).toEqual(before);
});

test('a column is made wider by its edge, and fits again with a double click', async ({ openPage }) => {
  const files = await openPage();
  const { page, app } = files;
  const before = await readBox(files, 'Kind');
  await page.mouse.move(before.left + 1, before.top + 10);
  await page.mouse.down();
  await page.mouse.move(before.left - 29, before.top + 10, { steps: 2 });
  // Of the only pointer that there is.
  await files.table.header('Kind').evaluate((header) => {
    for (const part of header.children) if (part.hasPointerCapture(1)) part.releasePointerCapture(1);
  });
  await page.mouse.move(before.left - 59, before.top + 10, { steps: 2 });
  await expect.poll(async () => (await readBox(files, 'Kind')).width).toBe(before.width + 60);
  await page.mouse.up();
  const wider = await readBox(files, 'Kind');
  expect(wider).toMatchObject({ left: before.left - 60, width: before.width + 60 });
  await expect(files.table.header('Created')).toHaveAttribute('aria-sort', 'descending');
  await app.quit();
  const again = await openPage();
  await expect.poll(() => readBox(again, 'Kind')).toEqual(wider);
  await again.page.mouse.dblclick(wider.left + 1, wider.top + 10);
  await expect.poll(() => readBox(again, 'Kind')).toEqual(before);
});

test('a column is dragged by its header to another place, and Escape leaves it', { tag: '@in-app' }, async ({
  openPage,
}) => {
  const files = await openPage();
  const { table, page } = files;
  const [created, kind] = [await readBox(files, 'Created'), await readBox(files, 'Kind')];
  const drag = async () => {
    await page.mouse.move(created.left + 40, created.top + 10);
    await page.mouse.down();
    await page.mouse.move(kind.left + 20, kind.top + 10, { steps: 5 });
  };
  await drag();
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await expect(table.columns).toHaveText(['Name', 'Kind', 'Size', 'Created', 'Saveable']);
  await drag();
  await page.mouse.up();
  await expect(table.columns).toHaveText(['Name', 'Created', 'Kind', 'Size', 'Saveable']);
  // A drag is no click: the order is the same.
  await expect(table.header('Created')).toHaveAttribute('aria-sort', 'descending');
});

test('dates are written in full and rows stand closer where a person wants it, and next time too', async ({
  openPage,
}) => {
  const files = await openPage();
  const { table, options, page, app } = files;
  const row = table.row('a.pdf');
  const height = (await row.boundingBox())?.height ?? 0;
  await options.button.click();
  await options.choice('Exact').check();
  await options.choice('Compact').check();
  await page.keyboard.press('Escape');
  await expect(row).toContainText(/May 6, 2026, 7:09.AM/);
  expect((await row.boundingBox())?.height).toBeLessThan(height);
  await app.quit();
  const again = await openPage();
  await expect(again.table.row('a.pdf')).toContainText(/May 6, 2026, 7:09.AM/);
  expect((await again.table.row('a.pdf').boundingBox())?.height).toBeLessThan(height);
});
