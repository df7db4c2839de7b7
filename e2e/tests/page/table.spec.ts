import { expect, test } from '../../harness/page-test.ts';
import type { FilesWindow } from '../../pages/files-window.ts';
import { createBufferContent } from '../../server/content.ts';
import type { LocalServer } from '../../server/server.ts';

/** Names of the server's files in the order that the window shows them. */
function newestFirst(server: LocalServer): readonly string[] {
  return server.files
    .all()
    .map((file) => file.name)
    .reverse();
}

async function readNames({ table }: FilesWindow): Promise<readonly (string | null)[]> {
  const cells = await table.names.all();
  return Promise.all(cells.map((cell) => cell.getAttribute('aria-label')));
}

test('forty files are listed, newest first', { tag: '@in-app' }, async ({ openPage, server }) => {
  server.seed(40);
  const names = newestFirst(server);
  const files = await openPage();
  await expect(files.table.pager).toContainText('1–40 of 40');
  await expect(files.table.grid).toHaveAttribute('aria-rowcount', '41');
  await expect(files.table.names.first()).toHaveAccessibleName(names[0] ?? '');
  const drawn = await readNames(files);
  expect(drawn).toEqual(names.slice(0, drawn.length));
  expect(drawn.length).toBeGreaterThan(10);

  await files.table.rows.first().focus();
  await files.page.keyboard.press('End');
  await expect(files.table.row(names.at(-1) ?? '')).toBeFocused();
});

test('a row tells name, kind, size, date and whether it can be saved', async ({ openPage, server }) => {
  const createdAt = Date.now() - 3 * 60 * 60 * 1000;
  const office = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  server.files.add({ name: 'books/budget.xlsx', mimeType: office, sizeBytes: 24_576, createdAt });
  const content = createBufferContent(Buffer.from('generated'));
  server.files.add({ name: 'chart.png', mimeType: 'image/png', content });
  const files = await openPage();
  for (const name of ['Name', 'Kind', 'Size', 'Created', 'Saveable']) {
    await expect(files.table.header(name)).toBeVisible();
  }
  const budget = files.table.row('books/budget.xlsx');
  await expect(budget.getByRole('gridcell')).toHaveText([
    '',
    'Spreadsheet',
    /^24.KiB$/,
    /hours? ago|yesterday/,
    'No',
  ]);
  const chart = files.table.row('chart.png');
  await expect(chart.getByRole('gridcell')).toHaveText(['', 'Image', '9 bytes', 'now', 'Yes']);
});

test('the pager walks over all pages', async ({ openPage, server }) => {
  server.seed(251);
  const names = newestFirst(server);
  const { table } = await openPage();
  await expect(table.pager).toContainText('1–50 of 251');
  await expect(table.firstPage).toBeDisabled();
  await expect(table.previousPage).toBeDisabled();
  await table.nextPage.click();
  await expect(table.pager).toContainText('51–100 of 251');
  await expect(table.names.first()).toHaveAccessibleName(names[50] ?? '');
  await table.lastPage.click();
  await expect(table.pager).toContainText('251–251 of 251');
  await expect(table.rows).toHaveCount(1);
  await expect(table.nextPage).toBeDisabled();
  await expect(table.lastPage).toBeDisabled();
  await table.previousPage.click();
  await expect(table.pager).toContainText('201–250 of 251');
  await table.firstPage.click();
  await expect(table.names.first()).toHaveAccessibleName(names[0] ?? '');
});

test('the page beside the one in view is there before it is asked for', async ({ openPage, server }) => {
  server.seed(2000);
  const { table } = await openPage();
  await expect(table.pager).toContainText('1–50 of 2,000');
  const turnsAtOnce = () =>
    table.nextPage.evaluate(async (button) => {
      const readFirst = () => document.querySelector('[role=rowheader]')?.getAttribute('aria-label');
      const before = readFirst();
      button.dispatchEvent(new MouseEvent('click', { bubbles: true }));
      // What a click changes is drawn before the next task; an answer of main comes in a later one.
      await null;
      return readFirst() !== before;
    });
  // Each turn is another try: nothing tells when a page has been fetched ahead.
  await expect.poll(turnsAtOnce).toBe(true);
});

test('the number of rows per page is chosen, and remembered', async ({ openPage, server }) => {
  server.seed(251);
  const files = await openPage();
  await files.table.rowsPerPage.selectOption('100');
  await expect(files.table.pager).toContainText('1–100 of 251');
  await files.app.quit();
  const again = await openPage();
  await expect(again.table.pager).toContainText('1–100 of 251');
});

test('until the page of another length is there, the pager tells the rows in view', async ({
  openPage,
  server,
}) => {
  server.seed(251);
  const { app, table } = await openPage();
  await expect(table.pager).toContainText('1–50 of 251');
  await app.replaceCommand('queryFiles', undefined);
  await table.rowsPerPage.selectOption('100');
  await expect(table.rowsPerPage).toHaveValue('100');
  await expect(table.pager).toContainText('1–50 of 251');
});

test('search finds names by their words, whatever their case and accents', async ({ openPage, server }) => {
  for (const name of ['Évaluation 2026.pdf', 'evaluations/march 2026.csv', 'notes.md'])
    server.files.add({ name });
  const { table, search, page } = await openPage();
  await expect(table.rows).toHaveCount(3);
  await search.fill('2026 EVAL');
  await expect(table.rows).toHaveCount(2);
  await search.fill('march eval');
  await expect(table.names).toHaveCount(1);
  await expect(table.row('evaluations/march 2026.csv')).toBeVisible();
  await search.fill('nothing like it');
  await expect(page.getByText('No file matches “nothing like it”')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(table.rows).toHaveCount(3);
});

test('of ten thousand files only the rows in view exist', async ({ openPage, server }) => {
  server.seed(10_000);
  const names = newestFirst(server);
  const { table, page } = await openPage();
  await table.rowsPerPage.selectOption('1000');
  await expect(table.pager).toContainText('1–1,000 of 10,000');
  expect(await table.rows.count()).toBeLessThan(80);
  await table.rows.first().focus();
  await page.keyboard.press('End');
  await expect(table.row(names[999] ?? '')).toBeFocused();
  expect(await table.rows.count()).toBeLessThan(80);
});

test('a search while files are still being read does not say that there are none', async ({
  openPage,
  server,
}) => {
  const [oldest] = server.seed(2500);
  server.files.add({ name: 'found at last.txt' });
  const hang = server.faults.inject({ on: 'list', from: 2, fault: { kind: 'hang', at: 'headers' } });
  const { table, page, search } = await openPage();
  await expect(table.pager).toContainText('1–50 of 1,000+');
  await search.fill('found at last');
  await expect(
    page.getByRole('heading', { name: 'No match in the 1,000 files loaded so far…' }),
  ).toBeVisible();
  await search.fill(oldest?.id ?? '');
  await expect(table.pager).toContainText('1–1 of 1+');
  await search.fill('found at last');
  hang.release();
  await expect(table.row('found at last.txt')).toBeVisible();
  await search.fill('nothing like it');
  await expect(page.getByText('No file matches “nothing like it”')).toBeVisible();
});

test('another search begins at its first row', async ({ openPage, server }) => {
  server.seed(60);
  const { table, page, search } = await openPage();
  await expect(table.rows.first()).toBeVisible();
  const top = table.names.first();
  const topName = await top.getAttribute('aria-label');
  await table.rows.first().focus();
  await page.keyboard.press('End');
  await expect(table.row(topName ?? '')).not.toBeInViewport();
  await page.keyboard.press('ControlOrMeta+F');
  await expect(search).toBeFocused();
  // Every name has an extension, so every file still matches.
  await search.fill('.');
  await expect(table.row(topName ?? '')).toBeInViewport();
});

test('a long name is shortened to its column, and whole beside its row while that has the focus', async ({
  openPage,
  server,
}) => {
  const name = 'evals/2026-05/run-17/answers of the third model, read again 0012.json';
  server.files.add({ name });
  const { table, page } = await openPage({ size: { width: 800, height: 600 } });
  const cell = table.row(name).getByRole('rowheader');
  await expect(cell.getByText(/^evals\/…\/answers of .*…0012\.json$/)).toBeVisible();
  const whole = table.grid.getByText(name, { exact: true });
  await expect(whole).toBeHidden();
  await table.row(name).focus();
  await page.keyboard.press('Home');
  await expect(whole).toBeVisible();
});

test('the table and its pages are as assistive technology expects them', async ({ openPage, server }) => {
  server.files.add({ name: 'folder/plan.pdf', mimeType: 'application/pdf', sizeBytes: 2048 });
  server.files.add({
    name: 'chart.png',
    mimeType: 'image/png',
    content: createBufferContent(Buffer.from('generated')),
  });
  const { table } = await openPage();
  await table.checkbox('folder/plan.pdf').click();
  await expect(table.grid).toMatchAriaSnapshot(`
    - grid "Files":
      - rowgroup:
        - row:
          - columnheader "Select all":
            - checkbox "Select all" [checked=mixed]
          - columnheader "Name":
            - button "Name"
          - columnheader "Kind":
            - button "Kind"
          - columnheader "Size":
            - button "Size"
          - columnheader "Created":
            - button "Created"
          - columnheader "Saveable":
            - button "Saveable"
      - rowgroup:
        - row:
          - gridcell:
            - checkbox "Select chart.png"
          - rowheader "chart.png"
          - gridcell "Image"
          - gridcell "9 bytes"
          - gridcell "now"
          - gridcell "Yes"
        - row [selected]:
          - gridcell:
            - checkbox "Select folder/plan.pdf" [checked]
          - rowheader "folder/plan.pdf"
          - gridcell "PDF"
          - gridcell /2.KiB/
          - gridcell "now"
          - gridcell "No"
  `);
  await expect(table.pager).toMatchAriaSnapshot(`
    - navigation "Pages":
      - text: Rows per page
      - combobox "Rows per page":
        - option "50" [selected]
        - option "100"
        - option "250"
        - option "1,000"
      - text: 1–2 of 2
      - button "First page" [disabled]
      - button "Previous page" [disabled]
      - button "Next page" [disabled]
      - button "Last page" [disabled]
  `);
});
