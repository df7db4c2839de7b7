import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { expectAccessible } from '../harness/accessibility.ts';
import { readKeptAccounts, readKeychainEntry, removeKeychainEntry } from '../harness/keychain.ts';
import { isRunning, readWindowProcesses } from '../harness/processes.ts';
import { expect, test } from '../harness/test.ts';

const FIRST_RUN = { hasKeyInEnvironment: false } as const;

test('the first run opens a window of its own that asks for a key', async ({ launch }) => {
  const app = await launch(FIRST_RUN);
  const connect = await app.connectWindow();
  await expect(connect.page).toHaveTitle('Connect to OpenRouter');
  await expect(connect.heading).toBeVisible();
  await expect(connect.key).toBeFocused();
  await expect(connect.remember).toBeChecked();
  await expect(connect.endpoint).toBeHidden();
  await connect.openAdvanced();
  await expect(connect.endpoint).toHaveValue('https://openrouter.ai/api/v1');
  await expect(connect.connect).toBeEnabled();
  expect(app.pages()).toHaveLength(1);
});

test('a key that the server refuses is told, and can be corrected', async ({ launch, server, profile }) => {
  server.seed(3);
  const app = await launch(FIRST_RUN);
  const connect = await app.connectWindow();
  await connect.submit({ key: 'sk-or-v1-wrong', endpoint: server.baseUrl });
  await expect(connect.alert).toContainText('The API key was not accepted');
  await expect(connect.alert).toContainText('The key was not stored.');
  await expect(connect.heading).toBeVisible();
  await expect(access(join(profile.userDataFolder, 'accounts.json'))).rejects.toThrow('ENOENT');

  await connect.remember.uncheck();
  await connect.key.fill(server.apiKey);
  // Success ends the page, which must not happen before the key is up again.
  const hang = server.faults.inject({ on: 'key', fault: { kind: 'hang', at: 'headers' } });
  await connect.key.press('Enter');
  hang.release();
  const files = await app.filesWindow();
  await expect(files.table.rows).toHaveCount(3);
});

test('nothing is sent while the key is missing', async ({ openConnect, server }) => {
  const connect = await openConnect();
  await connect.submit({ key: '', endpoint: server.baseUrl });
  await expect(connect.page.getByText('Paste your API key first.')).toBeVisible();
  expect(server.requests.all()).toHaveLength(0);
});

test('a key that may not read its own data is checked against the listing', async ({
  openConnect,
  server,
}) => {
  const { key } = server.keys.add({ canReadKey: false });
  server.seed(2);
  const { app, ...connect } = await openConnect();
  await connect.remember.uncheck();
  await connect.submit({ key, endpoint: server.baseUrl });
  const files = await app.filesWindow();
  await expect(files.table.rows).toHaveCount(2);
  expect(server.requests.all('key').map(({ status }) => status)).toEqual([403]);
  expect(server.requests.all('list')[0]?.query).toEqual({ limit: '1' });
});

test('an endpoint that must not be given a key is refused before anything is sent', async ({
  openConnect,
  server,
}) => {
  const connect = await openConnect();
  const { port } = new URL(server.baseUrl);
  for (const [endpoint, words] of [
    ['http://openrouter.example/api/v1', 'The endpoint must begin with https://'],
    [`http://127.0.0.1.nip.example:${port}/api/v1`, 'The endpoint must begin with https://'],
    ['openrouter.ai/api/v1', 'The endpoint is not a web address'],
    ['ftp://127.0.0.1/api/v1', 'The endpoint is not a web address'],
    [`http://name:secret@127.0.0.1:${port}/api/v1`, 'must not include a user name or a password'],
  ] as const) {
    await connect.submit({ key: server.apiKey, endpoint });
    await expect(connect.alert).toContainText(words);
  }
  expect(server.requests.all()).toHaveLength(0);
});

test('success opens the main window and ends the process that the key was typed in', async ({
  openConnect,
  server,
}) => {
  server.seed(5);
  const { app, ...connect } = await openConnect();
  const [connectProcess] = await readWindowProcesses(app.electron);
  await connect.remember.uncheck();
  await connect.submit({ key: server.apiKey, endpoint: server.baseUrl });
  const files = await app.filesWindow();
  await expect(files.table.rows).toHaveCount(5);

  const open = await readWindowProcesses(app.electron);
  expect(open.map(({ url }) => new URL(url).host)).toEqual(['files']);
  expect(open[0]?.processId).not.toBe(connectProcess?.processId);
  await expect.poll(() => isRunning(connectProcess?.processId ?? 0)).toBe(false);
});

test('a remembered key opens the files at the next start, until it is signed out', async ({
  launch,
  server,
  profile,
}) => {
  server.seed(4);
  const first = await launch(FIRST_RUN);
  await (await first.connectWindow()).submit({ key: server.apiKey, endpoint: server.baseUrl });
  await expect((await first.filesWindow()).table.rows).toHaveCount(4);
  await first.quit();
  const [accountId = ''] = await readKeptAccounts(profile);
  try {
    expect(await readKeychainEntry(accountId)).toContain(server.apiKey);

    const second = await launch(FIRST_RUN);
    const files = await second.filesWindow();
    await expect(files.table.rows).toHaveCount(4);
    await expect(files.page.getByText('Key in the system keychain')).toBeVisible();
    await files.signOut();
    await expect((await second.connectWindow()).heading).toBeVisible();
    expect(await readKeychainEntry(accountId)).toBeNull();
    expect(await readKeptAccounts(profile)).toEqual([]);
    await second.quit();

    const third = await launch(FIRST_RUN);
    await expect((await third.connectWindow()).heading).toBeVisible();
  } finally {
    await removeKeychainEntry(accountId);
  }
});

test('without a keychain the window says why and keeps the key until the app quits', async ({
  launch,
  server,
}) => {
  test.skip(process.platform !== 'linux', 'only Linux can be without a keychain');
  server.seed(4);
  const withoutKeychain = { ...FIRST_RUN, hasKeychain: false };
  const first = await launch(withoutKeychain);
  const connect = await first.connectWindow();
  await expect(connect.page.getByText('This computer offers no keychain to the app')).toBeVisible();
  // The system's own reason.
  await expect(connect.page.getByText(/connect|D-Bus|bus/i).first()).toBeVisible();
  await expect(connect.page.getByText('The key is kept until you quit.')).toBeVisible();
  await expect(connect.remember).not.toBeChecked();
  await expect(connect.remember).toBeDisabled();
  await connect.submit({ key: server.apiKey, endpoint: server.baseUrl });
  const files = await first.filesWindow();
  await expect(files.table.rows).toHaveCount(4);
  await expect(files.page.getByText('Key kept until you quit')).toBeVisible();
  await first.quit();

  const second = await launch(withoutKeychain);
  await expect((await second.connectWindow()).heading).toBeVisible();
});

test('a key from the environment opens the files and is never stored', async ({
  launch,
  server,
  profile,
}) => {
  server.seed(4);
  const app = await launch();
  const files = await app.filesWindow();
  await expect(files.table.rows).toHaveCount(4);
  await expect(files.page.getByText('Key from the environment')).toBeVisible();
  await files.signOut();
  await expect((await app.connectWindow()).heading).toBeVisible();
  await expect(access(join(profile.userDataFolder, 'accounts.json'))).rejects.toThrow('ENOENT');
});

test('a key that is no longer accepted leads to connecting with another', async ({ openFiles, server }) => {
  server.seed(2);
  server.faults.inject({
    on: 'list',
    times: Number.POSITIVE_INFINITY,
    fault: { kind: 'status', status: 401, message: 'No auth' },
  });
  const { app, alert, retry, page } = await openFiles();
  await expect(alert).toContainText('The API key was not accepted');
  await expect(retry).toBeVisible();
  await page.getByRole('button', { name: 'Connect with a key…' }).click();
  await expect((await app.connectWindow()).heading).toBeVisible();
});

test.describe('axe finds nothing', () => {
  test('the connect window', async ({ openConnect, server }) => {
    const connect = await openConnect();
    await expect(connect.heading).toBeVisible();
    await expectAccessible(connect.page);
    await connect.submit({ key: 'sk-or-v1-wrong', endpoint: server.baseUrl });
    await expect(connect.alert).toBeVisible();
    await expectAccessible(connect.page);
  });

  test('the connect window without a keychain', async ({ launch }) => {
    test.skip(process.platform !== 'linux', 'only Linux can be without a keychain');
    const app = await launch({ hasKeyInEnvironment: false, hasKeychain: false });
    const connect = await app.connectWindow();
    await expect(connect.remember).toBeDisabled();
    await expectAccessible(connect.page);
  });
});
