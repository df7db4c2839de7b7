import { MAX_INDEXED_FILES } from '#app/limits.ts';
import { expect, test } from '../../harness/page-test.ts';

/** The app reads no more rows of one page (`main/openrouter/wire.ts`). */
const MAX_ROWS_OF_AN_ANSWER = 10_000;

test('the files of the last time are there at once, and said to be of the last time until they are checked', async ({
  openPage,
  server,
}) => {
  server.files.add({ name: 'old.txt', createdAt: 1 });
  const first = await openPage();
  await expect(first.table.row('old.txt')).toBeVisible();
  await first.app.quit();
  server.files.add({ name: 'new.txt', createdAt: 2 });
  const held = server.faults.inject({ on: 'list', fault: { kind: 'hang', at: 'headers' } });
  const { table, status } = await openPage();
  await expect(table.row('old.txt')).toBeVisible();
  const notice = status.filter({ hasText: 'Showing files from your last session.' });
  await expect(notice).toContainText('Checking for changes…');
  held.release();
  await expect(table.row('new.txt')).toBeVisible();
  await expect(notice).toHaveCount(0);
});

test('without the server they stay, and are said to be of the last time', async ({ openPage, server }) => {
  server.files.add({ name: 'old.txt' });
  const first = await openPage();
  await expect(first.table.row('old.txt')).toBeVisible();
  await first.app.quit();
  await server.goOffline();
  const { table, alert } = await openPage();
  await expect(alert).toContainText('The server cannot be reached');
  await expect(alert).toContainText('Showing files from your last session');
  await expect(table.row('old.txt')).toBeVisible();
});

test('a list that failed for a moment is read again when a person comes back to the window', async ({
  openPage,
  server,
}) => {
  server.seed(5);
  server.faults.inject({ on: 'list', fault: { kind: 'status', status: 503 } });
  const { page, alert, table } = await openPage();
  await expect(alert).toContainText('The server is not available at the moment');
  // A virtual display has no windows to come from.
  await page.evaluate(() => {
    window.dispatchEvent(new Event('blur'));
    window.dispatchEvent(new Event('focus'));
  });
  await expect(table.rows).toHaveCount(5);
  await expect(alert).toHaveCount(0);
});

test('a page that fails for a moment is asked for again, and nobody is told', async ({
  openPage,
  server,
}) => {
  server.seed(2500);
  const fault = { kind: 'status', status: 429, retryAfterSeconds: 1 } as const;
  const failing = server.faults.inject({ on: 'list', from: 2, fault });
  const { table, alert } = await openPage();
  await expect(table.pager).toContainText(/1–50 of 2,500$/);
  expect(failing.hits).toBe(1);
  await expect(alert).toHaveCount(0);
});

test('a reading that takes a while shows how far it has come, and tells of its start and end', async ({
  openPage,
  server,
}) => {
  server.seed(3500);
  const { page, table, refresh, announced } = await openPage();
  await expect(table.pager).toContainText(/1–50 of 3,500$/);
  const held = server.faults.inject({ on: 'list', from: 3, fault: { kind: 'hang', at: 'headers' } });
  await refresh.click();
  const progress = page.getByRole('main').getByText('Loaded 2,000 of about 3,500 files', { exact: true });
  await expect(announced).toHaveText(/^Loaded [\d,]+ of about 3,500 files$/);
  await expect(progress).toBeVisible();
  held.release();
  await expect(announced).toHaveText('Loaded 3,500 files');
  await expect(progress).toHaveCount(0);
});

test('a list of more rows than the app can hold is read no further, and that is told', async ({
  openPage,
  server,
}) => {
  // Rows that cannot be read count as well, and nothing is shorter. One file a page is what makes it worth reading on.
  const unreadable = '0,'.repeat(MAX_ROWS_OF_AN_ANSWER - 1);
  const pageCount = MAX_INDEXED_FILES / MAX_ROWS_OF_AN_ANSWER;
  for (let number = 1; number <= pageCount; number += 1) {
    const file = {
      id: `or_file_${number}`,
      filename: `${number}.txt`,
      mime_type: 'text/plain',
      size_bytes: 1,
      created_at: '2026-01-01T00:00:00Z',
      downloadable: false,
    };
    const body = `{"data":[${unreadable}${JSON.stringify(file)}],"has_more":true,"cursor":"${number}"}`;
    const fault = { kind: 'answer', status: 200, body, at: 'headers' } as const;
    server.faults.inject({ on: 'list', from: number, fault });
  }
  const { alert, status, table } = await openPage();
  await expect(alert).toContainText('More than 500 files: the rest is not shown', { timeout: 30_000 });
  await expect(alert).toContainText('The app cannot load more.');
  await expect(status.filter({ hasText: '4,999,500 entries could not be read' })).toBeVisible();
  await expect(table.pager).toContainText(/1–50 of 500$/);
});
