import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readKeptAccounts, removeKeychainEntry } from '../harness/keychain.ts';
import { expect, test } from '../harness/test.ts';

test('an account whose key has gone from the keychain can be signed out at the start', async ({
  launch,
  server,
  profile,
}) => {
  const first = await launch({ hasKeyInEnvironment: false });
  await (await first.connectWindow()).submit({ key: server.apiKey, endpoint: server.baseUrl });
  await (await first.filesWindow()).page.getByText('Key in the system keychain').waitFor();
  await first.quit();
  const [accountId = ''] = await readKeptAccounts(profile);
  await removeKeychainEntry(accountId);

  const second = await launch({ hasKeyInEnvironment: false });
  const { page, dialog } = await second.filesWindow();
  await page.getByRole('button', { name: 'Sign out…' }).click();
  await expect(dialog).toContainText('removes its API key from the system keychain');
  await expect(dialog).toContainText('the key may stay there');
  await dialog.getByRole('button', { name: 'Sign out' }).click();
  await (await second.connectWindow()).heading.waitFor();
  await second.quit();
  const list = JSON.parse(await readFile(join(profile.userDataFolder, 'accounts.json'), 'utf8'));
  expect(list).toMatchObject({ accountIds: [], leftIds: [] });
});
