import { expect, test } from '../../harness/page-test.ts';

test('while pages are still being read the total is open', async ({ openPage, server }) => {
  server.seed(2500);
  const hang = server.faults.inject({ on: 'list', from: 2, fault: { kind: 'hang', at: 'headers' } });
  const { table } = await openPage();
  await expect(table.pager).toContainText('1–50 of 1,000+');
  hang.release();
  await expect(table.pager).toContainText('1–50 of 2,500');
  await expect(table.pager).not.toContainText('+');
  await expect(table.names.first()).toHaveAccessibleName(server.files.all().at(-1)?.name ?? '');
});

test('before the first answer the window says that it is reading', async ({ openPage, server }) => {
  server.seed(2);
  const hang = server.faults.inject({ on: 'list', fault: { kind: 'hang', at: 'headers' } });
  const { table, status } = await openPage();
  await expect(status.filter({ hasText: 'Loading files…' })).toBeVisible();
  // The table's frame stands already, so that nothing moves when the first rows come.
  await expect(table.grid).toHaveAttribute('aria-busy', 'true');
  await expect(table.header('Name')).toBeVisible();
  await expect(table.nextPage).toBeDisabled();
  hang.release();
  await expect(table.rows).toHaveCount(2);
  await expect(table.grid).toHaveAttribute('aria-busy', 'false');
});

test('an empty workspace invites to drop files', async ({ openPage, server }) => {
  const { page, table } = await openPage();
  await expect(page.getByText('Drop files here')).toBeVisible();
  server.seed(1);
  await page.getByRole('button', { name: 'Refresh', exact: true }).click();
  await expect(table.rows).toHaveCount(1);
});

test('a listing that fails says so and can be tried again', async ({ openPage, server }) => {
  server.seed(6);
  server.faults.inject({ on: 'list', fault: { kind: 'status', status: 500 } });
  const { alert, retry, table } = await openPage();
  await expect(alert).toContainText('The server had an internal error');
  await retry.click();
  await expect(table.rows).toHaveCount(6);
  await expect(alert).toHaveCount(0);
});

test('without a network the window says so, keeps what it knows, and recovers', async ({
  openPage,
  server,
}) => {
  server.seed(6);
  await server.goOffline();
  const { alert, retry, table, refresh } = await openPage();
  await expect(alert).toContainText('The server cannot be reached');
  await server.goOnline();
  await retry.click();
  await expect(table.rows).toHaveCount(6);

  await server.goOffline();
  await refresh.click();
  await expect(alert).toContainText('The server cannot be reached');
  await expect(table.rows).toHaveCount(6);
  await server.goOnline();
  await retry.click();
  await expect(alert).toHaveCount(0);
});

test('refresh shows what others have added and removed', async ({ openPage, server }) => {
  const [oldest] = server.seed(5);
  const { table, refresh } = await openPage();
  await expect(table.rows).toHaveCount(5);
  server.files.delete(oldest?.id ?? '');
  server.files.add({ name: 'from elsewhere.txt' });
  await refresh.click();
  await expect(table.names.first()).toHaveAccessibleName('from elsewhere.txt');
  await expect(table.row(oldest?.name ?? '')).toHaveCount(0);
  await expect(table.rows).toHaveCount(5);
});

test('what others have added is there when a person comes back to the window', async ({
  openPage,
  server,
}) => {
  server.seed(5);
  const { table, page } = await openPage();
  await expect(table.rows).toHaveCount(5);
  const before = server.requests.all('list').length;
  server.files.add({ name: 'from elsewhere.txt' });
  // A virtual display has no windows to come from.
  await page.evaluate(() => {
    window.dispatchEvent(new Event('blur'));
    window.dispatchEvent(new Event('focus'));
  });
  await expect(table.names.first()).toHaveAccessibleName('from elsewhere.txt');
  const asked = server.requests.all('list').slice(before);
  expect(asked.length).toBeGreaterThan(0);
  for (const { query } of asked) expect(query['after'] ?? '').not.toBe('');
});

test('a row that misses a field costs that row, not the page, and is told', async ({ openPage, server }) => {
  server.seed(40);
  const fault = { kind: 'changedRow', row: 3, omit: ['size_bytes'] } as const;
  server.faults.inject({ on: 'list', fault });
  const { table, page, refresh } = await openPage();
  await expect(table.pager).toContainText('1–39 of 39');
  const notice = page.getByText('1 entry could not be read and is not shown');
  await expect(notice).toBeVisible();
  await refresh.click();
  await expect(table.pager).toContainText('1–40 of 40');
  await expect(notice).toBeHidden();
});

test('ids of both generations are read, and bodies without _shape', async ({ openPage, server }) => {
  server.settings.shapeMarks = 'nowhere';
  server.files.add({ name: 'new.txt', id: 'or_file_011CNha8iCJcU1wXNR6q4V8w' });
  server.files.add({ name: 'old.txt', id: 'file_011CNha8iCJcU1wXNR6q4V8w' });
  const { table, search } = await openPage();
  await expect(table.rows).toHaveCount(2);
  await search.fill('file_011CNha8iCJcU1wXNR6q4V8w');
  await expect(table.rows).toHaveCount(1);
  await expect(table.row('old.txt')).toBeVisible();
});
