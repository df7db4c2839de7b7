import { UNDO_MS } from '../harness/profile.ts';
import { expect, test } from '../harness/test.ts';
import {
  ALWAYS,
  type ErrorCase,
  EVERYWHERE,
  FORBIDDEN,
  GAVE_UP_WAITING,
  toStatus,
  UNREADABLE,
  withElsewhere,
} from './error-cases.ts';

test('the listing: every error has words of its own', async ({ openFiles, server }) => {
  server.seed(3);
  const { alert, refresh, table } = await openFiles();
  await expect(table.rows).toHaveCount(3);
  await withElsewhere(async (_elsewhere, toElsewhere) => {
    const cases: readonly ErrorCase[] = [
      {
        fault: toStatus(400, 'Bad cursor'),
        title: 'The server did not accept the request',
        detail: 'Bad cursor',
      },
      FORBIDDEN,
      {
        fault: toStatus(404, 'No such route'),
        title: 'The server has no files for this API key',
        detail: 'The key may be limited to another place',
      },
      ...EVERYWHERE,
      ...GAVE_UP_WAITING,
      ...UNREADABLE,
      { fault: toElsewhere, title: 'The server pointed to another address' },
    ];
    for (const { fault, title, detail = '' } of cases) {
      server.faults.inject({ on: 'list', fault, times: ALWAYS });
      await refresh.click();
      await expect(alert, title).toContainText(title);
      await expect(alert).toContainText(detail);
      await expect(table.rows).toHaveCount(3);
      server.faults.clear();
      await refresh.click();
      await expect(alert).toHaveCount(0);
    }
  });
});

test('the listing: a server that leads in a circle is left', async ({ openFiles, server }) => {
  server.seed(3);
  server.faults.inject({ on: 'list', times: ALWAYS, fault: { kind: 'repeatedCursor' } });
  const { alert, table } = await openFiles();
  await expect(alert).toContainText('The server’s file list repeats itself');
  await expect(table.rows).toHaveCount(3);
  expect(server.requests.all('list').length).toBeLessThan(5);
});

/** Whether a deletion does not wait until it passes, as it does for all files when the server asks it to. */
function isFinal({ fault }: ErrorCase): boolean {
  return fault.kind !== 'status' || (fault.status !== 429 && fault.status !== 503);
}

test('a deletion: every error has words of its own', async ({ openFiles, server }) => {
  const { table, page, dialogDelete, alert, refresh } = await openFiles();
  await withElsewhere(async (_elsewhere, toElsewhere) => {
    const cases: readonly ErrorCase[] = [
      FORBIDDEN,
      ...EVERYWHERE.filter(isFinal),
      ...GAVE_UP_WAITING,
      { fault: { kind: 'reset', at: 'headers' }, title: 'The connection broke off' },
      { fault: toElsewhere, title: 'The server pointed to another address' },
    ];
    for (const [index, { fault }] of cases.entries()) {
      const { id } = server.files.add({ name: `file-${index}` });
      const matching = ({ path }: { readonly path: string }) => path.endsWith(id);
      server.faults.inject({ on: 'delete', fault, matching, times: ALWAYS });
    }
    await refresh.click();
    await expect(table.rows).toHaveCount(cases.length);
    // One deletion each, all at once: their grace periods pass side by side.
    for (const index of cases.keys()) {
      await table.row(`file-${index}`).click();
      await page.keyboard.press('Delete');
      await dialogDelete.click();
      await expect(dialogDelete).toBeHidden();
    }
    for (const [index, { title }] of cases.entries()) {
      const told = alert.filter({ hasText: `“file-${index}” was not deleted` });
      await expect(told).toContainText(title, { timeout: UNDO_MS + 30_000 });
    }
    expect(server.files.size).toBe(cases.length);
    await expect(table.rows).toHaveCount(cases.length);
  });
});

test('details: every error has words of its own', async ({ openFiles, server }) => {
  const cases: readonly ErrorCase[] = [FORBIDDEN, ...EVERYWHERE, ...GAVE_UP_WAITING, ...UNREADABLE];
  for (const [index, { fault }] of cases.entries()) {
    const { id } = server.files.add({ name: `file-${index}` });
    const matching = ({ path }: { readonly path: string }) => path.endsWith(id);
    server.faults.inject({ on: 'retrieve', fault, matching, times: ALWAYS });
  }
  const { table, page, details } = await openFiles();
  await table.row('file-0').focus();
  await page.keyboard.press('Enter');
  for (const [index, { title, detail = '' }] of cases.entries()) {
    await table.row(`file-${index}`).click();
    const alert = details.panel.getByRole('alert');
    await expect(alert).toContainText(title);
    await expect(alert).toContainText(detail);
  }
});

test('connecting: every error has words of its own', async ({ launch, server }) => {
  const app = await launch({ hasKeyInEnvironment: false });
  const connect = await app.connectWindow();
  await withElsewhere(async (_elsewhere, toElsewhere) => {
    const cases: readonly ErrorCase[] = [
      ...EVERYWHERE,
      ...GAVE_UP_WAITING,
      ...UNREADABLE,
      { fault: toElsewhere, title: 'The server pointed to another address' },
    ].filter(({ fault }) => fault.kind !== 'html' || fault.status !== 404);
    for (const { fault, title, detail = '' } of cases) {
      server.faults.inject({ on: 'key', fault, times: ALWAYS });
      await connect.submit({ key: server.apiKey, endpoint: server.baseUrl });
      await expect(connect.alert).toContainText(title);
      await expect(connect.alert).toContainText(detail);
      server.faults.clear();
    }
    await server.goOffline();
    await connect.submit({ key: server.apiKey, endpoint: server.baseUrl });
    await expect(connect.alert).toContainText('The server cannot be reached');
  });
});
