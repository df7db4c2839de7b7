import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { dropFiles } from '../harness/drop-files.ts';
import { writeLocalFile } from '../harness/local-files.ts';
import { answerDialogs } from '../harness/native-dialogs.ts';
import { expect, test } from '../harness/test.ts';
import { createGeneratedContent } from '../server/content.ts';
import {
  ALWAYS,
  type ErrorCase,
  FORBIDDEN,
  GAVE_UP_WAITING,
  toStatus,
  withElsewhere,
} from './error-cases.ts';

/** What a further upload would meet as well: it is told once, above all of them. */
const HOLDS: readonly ErrorCase[] = [
  {
    fault: { kind: 'status', status: 401, at: 'headers' },
    title: 'OpenRouter no longer accepts the API key',
    detail: 'New transfers are on hold',
  },
  { fault: toStatus(402, 'Pay first'), title: 'The account has no credit left', detail: 'Pay first' },
  {
    fault: toStatus(403, 'Full up'),
    // The list shows that the workspace is all but empty.
    title: 'An upload was refused',
    detail: 'New uploads are on hold',
  },
  {
    fault: { kind: 'status', status: 429, retryAfterSeconds: 70 },
    title: 'OpenRouter asked to wait',
    detail: 'Resumes in 1 min',
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
      { fault: toStatus(413, 'Too big'), title: 'The server refused the file as too large' },
      {
        fault: toStatus(418, 'Teapot'),
        title: 'The server answered with status 418',
        detail: 'Teapot',
      },
      {
        fault: toStatus(422, 'No purpose'),
        title: 'The server answered with status 422',
        detail: 'No purpose',
      },
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
    { fault: toStatus(409, 'Conflict'), title: 'The server answered with status 409' },
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
  await expect(transfers.notice('No connection')).toContainText('resume when you’re back online');
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
      { fault: { kind: 'html', status: 200 }, title: 'The server answered with a web page' },
      { fault: toElsewhere, title: 'The server pointed to another address' },
    ];
    const again: readonly ErrorCase[] = [
      { fault: toStatus(500, 'Oops'), title: 'The server had an internal error' },
      { fault: toStatus(502, 'Oops'), title: 'The storage behind OpenRouter failed' },
      { fault: toStatus(503, 'Oops'), title: 'The server is not available at the moment' },
      ...GAVE_UP_WAITING,
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
