import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DELETE_GRACE_MS } from '#app/limits.ts';
import { dropFiles } from '../harness/drop-files.ts';
import { writeLocalFile } from '../harness/local-files.ts';
import { answerDialogs } from '../harness/native-dialogs.ts';
import { expect, test } from '../harness/test.ts';
import { createGeneratedContent } from '../server/content.ts';
import type { Fault } from '../server/faults.ts';
import { type LocalServer, startServer } from '../server/server.ts';

/** Something that the server does, and what the window must say of it. */
interface ErrorCase {
  readonly fault: Fault;
  readonly title: string;
  /** More that must be said: what to do next, or the server's own words. */
  readonly detail?: string;
}

function toStatus(status: number, message: string): Fault {
  return { kind: 'status', status, message };
}

/** What means the same whatever was asked for. */
const EVERYWHERE: readonly ErrorCase[] = [
  { fault: toStatus(401, 'No auth'), title: 'The API key was not accepted', detail: 'connect with it again' },
  { fault: toStatus(402, 'Pay first'), title: 'The account has no credit left', detail: 'Pay first' },
  {
    fault: { kind: 'status', status: 429, retryAfterSeconds: 7 },
    title: 'Too many requests at once',
    detail: 'Try again in 7 seconds.',
  },
  {
    fault: { kind: 'status', status: 429 },
    title: 'Too many requests at once',
    detail: 'Wait a minute, then try again.',
  },
  { fault: toStatus(500, 'Oops 500'), title: 'The server had an internal error', detail: 'Oops 500' },
  { fault: toStatus(502, 'Oops 502'), title: 'The storage behind OpenRouter failed', detail: 'Oops 502' },
  {
    fault: { kind: 'status', status: 503, retryAfterSeconds: 180 },
    title: 'The server is not available at the moment',
    detail: 'Try again in 3 minutes.',
  },
  { fault: toStatus(418, 'Teapot'), title: 'The server answered with status 418' },
  { fault: { kind: 'html', status: 404 }, title: 'The server answered with a web page' },
];

/** What leaves open whether a request was carried out. */
const GAVE_UP_WAITING: readonly ErrorCase[] = [
  { fault: toStatus(408, 'Slow'), title: 'The server took too long to answer' },
  { fault: toStatus(504, 'Slow'), title: 'The server took too long to answer' },
];

/** What is wrong with an answer that should have been good, where nothing is changed by asking again. */
const UNREADABLE: readonly ErrorCase[] = [
  { fault: { kind: 'html', status: 200 }, title: 'The server answered with a web page' },
  { fault: { kind: 'malformedJson' }, title: 'The server’s answer made no sense' },
  { fault: { kind: 'emptyBody' }, title: 'The server’s answer made no sense' },
  { fault: { kind: 'reset', at: 'headers' }, title: 'The connection broke off' },
  { fault: { kind: 'reset', at: { answerBytes: 5 } }, title: 'The connection broke off' },
];

const FORBIDDEN: ErrorCase = {
  fault: toStatus(403, 'Not yours'),
  title: 'This API key may not do that',
  detail: 'The server said: “Not yours”',
};

/** Chromium asks once more when a kept connection breaks or answers 408: the fault must still be there then. */
const ALWAYS = Number.POSITIVE_INFINITY;

async function withElsewhere(check: (elsewhere: LocalServer, toElsewhere: Fault) => Promise<void>) {
  const elsewhere = await startServer();
  try {
    await check(elsewhere, { kind: 'redirect', status: 307, location: `${elsewhere.baseUrl}/files` });
    // Not followed at all, so the key went nowhere.
    expect(elsewhere.requests.all()).toEqual([]);
  } finally {
    await elsewhere.close();
  }
}

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
      { fault: toStatus(404, 'No such route'), title: 'The server answered with status 404' },
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
  await expect(alert).toContainText('The server’s answer made no sense');
  await expect(table.rows).toHaveCount(3);
  expect(server.requests.all('list').length).toBeLessThan(5);
});

/** What a further upload would meet as well: it is told once, above all of them. */
const HOLDS: readonly ErrorCase[] = [
  {
    fault: { kind: 'status', status: 401, at: 'headers' },
    title: 'OpenRouter no longer accepts the API key',
    detail: 'No further transfer begins',
  },
  { fault: toStatus(402, 'Pay first'), title: 'The account has no credit left', detail: 'Pay first' },
  {
    fault: toStatus(403, 'Full up'),
    title: 'OpenRouter refuses uploads to this workspace',
    detail: 'No further upload begins',
  },
  {
    fault: { kind: 'status', status: 429, retryAfterSeconds: 70 },
    title: 'OpenRouter asked to wait',
    detail: 'Goes on in 1 min',
  },
];

test('an upload that is refused says why', async ({ openFiles, server, profile }) => {
  const { page, transfers } = await openFiles();
  await withElsewhere(async (_elsewhere, toElsewhere) => {
    const cases: readonly ErrorCase[] = [
      {
        fault: toStatus(400, 'No such type'),
        title: 'OpenRouter does not take this file',
        detail: 'No such type',
      },
      { fault: toStatus(413, 'Too big'), title: 'The file is larger than 100 MiB' },
      { fault: { kind: 'html', status: 404 }, title: 'The server answered with a web page' },
      { fault: toElsewhere, title: 'The server pointed to another address' },
    ];
    for (const [index, { fault, title, detail = '' }] of cases.entries()) {
      const { path, name } = await writeLocalFile(profile, `file-${index}.txt`);
      server.faults.inject({ on: 'upload', fault });
      await dropFiles(page, [path]);
      await transfers.expectState(name, 'Failed');
      await expect(transfers.item(name)).toContainText(title);
      await expect(transfers.item(name)).toContainText(detail);
    }
  });
  expect(server.files.size).toBe(0);
});

test('what would meet every upload is told once, and holds them', async ({ openFiles, server, profile }) => {
  const { page, transfers } = await openFiles();
  for (const [index, { fault, title, detail = '' }] of HOLDS.entries()) {
    const names = [`first-${index}.txt`, `second-${index}.txt`];
    const files = await Promise.all(names.map((name) => writeLocalFile(profile, name, name)));
    server.faults.inject({ on: 'upload', fault, times: ALWAYS });
    await dropFiles(
      page,
      files.map(({ path }) => path),
    );
    const notice = transfers.notice(title);
    await expect(notice).toHaveCount(1);
    await expect(notice).toContainText(detail);
    for (const name of names) await transfers.expectState(name, 'Queued');
    server.faults.clear();
    await notice.getByRole('button', { name: /^(Resume|Try now)$/ }).click();
    for (const name of names) await transfers.expectState(name, 'Done');
    await expect(notice).toHaveCount(0);
    await transfers.clearFinished.click();
  }
  expect(server.files.size).toBe(2 * HOLDS.length);
});

test('an upload whose outcome is open is looked for, and stopping that says so', async ({
  openFiles,
  server,
  profile,
}) => {
  const { page, transfers } = await openFiles();
  const cases: readonly ErrorCase[] = [
    { fault: toStatus(500, 'Oops 500'), title: 'The server had an internal error' },
    { fault: toStatus(502, 'Oops 502'), title: 'The storage behind OpenRouter failed' },
    { fault: toStatus(503, 'Oops 503'), title: 'The server is not available at the moment' },
    { fault: toStatus(418, 'Teapot'), title: 'The server answered with status 418' },
    { fault: { kind: 'html', status: 200 }, title: 'The server answered with a web page' },
    { fault: { kind: 'reset', at: 'body' }, title: 'The connection broke off' },
    ...GAVE_UP_WAITING,
  ];
  for (const [index, { fault, title }] of cases.entries()) {
    const { path, name } = await writeLocalFile(profile, `file-${index}.txt`);
    server.faults.inject({ on: 'upload', fault });
    await dropFiles(page, [path]);
    await transfers.expectState(name, 'Interrupted');
    await expect(transfers.item(name)).toContainText(title);
    await expect(transfers.item(name)).toContainText('Looking for it on OpenRouter');
    await transfers.cancel(name).click();
    await transfers.expectState(name, 'Unknown');
  }
  expect(server.requests.all('upload')).toHaveLength(cases.length);
});

test('without a network uploads wait, say so and go on by themselves', async ({
  openFiles,
  server,
  profile,
}) => {
  const { path, name } = await writeLocalFile(profile, 'file.txt');
  const { page, transfers } = await openFiles();
  await expect(page.getByText('Drop files here')).toBeVisible();
  await server.goOffline();
  await dropFiles(page, [path]);
  await expect(transfers.notice('No connection')).toContainText('go on by themselves');
  await transfers.expectState(name, 'Queued');
  await server.goOnline();
  await transfers.expectState(name, 'Done');
  await expect(transfers.notice('No connection')).toHaveCount(0);
});

test('a save: every error has words of its own', async ({ openFiles, server, profile }) => {
  const { app, table, save, transfers, refresh } = await openFiles();
  await withElsewhere(async (_elsewhere, toElsewhere) => {
    const refusals: readonly ErrorCase[] = [
      { fault: toStatus(400, 'Never'), title: 'Uploads cannot be downloaded again' },
      { fault: toStatus(404, 'Gone'), title: 'The file no longer exists' },
      FORBIDDEN,
      { fault: toStatus(418, 'Teapot'), title: 'The server answered with status 418' },
      { fault: { kind: 'html', status: 404 }, title: 'The server answered with a web page' },
      { fault: toElsewhere, title: 'The server pointed to another address' },
    ];
    const again: readonly ErrorCase[] = [
      { fault: toStatus(500, 'Oops'), title: 'The server had an internal error' },
      { fault: toStatus(502, 'Oops'), title: 'The storage behind OpenRouter failed' },
      { fault: toStatus(503, 'Oops'), title: 'The server is not available at the moment' },
      ...GAVE_UP_WAITING,
      { fault: { kind: 'html', status: 200 }, title: 'The file arrived incomplete' },
      { fault: { kind: 'reset', at: 'headers' }, title: 'The connection broke off' },
    ];
    for (const [index, { fault, title, detail = '' }] of [...refusals, ...again].entries()) {
      const name = `file-${index}.txt`;
      server.files.add({ name, content: createGeneratedContent(1000, 1) });
      await refresh.click();
      await answerDialogs(app.electron, { save: join(profile.saveFolder, name) });
      server.faults.inject({ on: 'download', fault, times: ALWAYS });
      await table.row(name).click();
      await save.click();
      const willRetry = index >= refusals.length;
      if (willRetry) await expect(transfers.item(name)).toContainText(/Next try in|attempt/);
      else await transfers.expectState(name, 'Failed');
      await expect(transfers.item(name)).toContainText(title);
      await expect(transfers.item(name)).toContainText(detail);
      if (willRetry) await transfers.cancel(name).click();
      server.faults.clear();
      await transfers.clearFinished.click();
      await expect(transfers.items).toHaveCount(0);
    }
  });
  expect(await readdir(profile.saveFolder)).toEqual([]);
});

test('a deletion: every error has words of its own', async ({ openFiles, server }) => {
  const { table, page, dialogDelete, alert, refresh } = await openFiles();
  await withElsewhere(async (_elsewhere, toElsewhere) => {
    const cases: readonly ErrorCase[] = [
      FORBIDDEN,
      ...EVERYWHERE,
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
      await expect(told).toContainText(title, { timeout: DELETE_GRACE_MS + 15_000 });
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
