import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readKeptAccounts, readKeychainEntry, removeKeychainEntry } from '../harness/keychain.ts';
import { expect, test } from '../harness/test.ts';

test('an account whose list is damaged is there at the next start, and signing out leaves no key', async ({
  launch,
  server,
  profile,
}) => {
  server.seed(3);
  const first = await launch({ hasKeyInEnvironment: false });
  await (await first.connectWindow()).submit({ key: server.apiKey, endpoint: server.baseUrl });
  await expect((await first.filesWindow()).table.rows).toHaveCount(3);
  await first.quit();
  const [accountId = ''] = await readKeptAccounts(profile);
  try {
    await writeFile(join(profile.userDataFolder, 'accounts.json'), '{"version":1,"acc');
    const second = await launch({ hasKeyInEnvironment: false });
    const files = await second.filesWindow();
    await expect(files.table.rows).toHaveCount(3);
    await files.signOut();
    await (await second.connectWindow()).heading.waitFor();
    expect(await readKeychainEntry(accountId)).toBeNull();
  } finally {
    await removeKeychainEntry(accountId);
  }
});
