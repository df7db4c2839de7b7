import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startOwnKeychain } from '../harness/own-keychain.ts';
import { expect, test } from '../harness/test.ts';

/** The app waits ten seconds for the keychain. */
const PATIENCE = { timeout: 20_000 } as const;

test('with a keychain that has stopped answering a person can connect until they quit, and sign out', async ({
  launch,
  profile,
  server,
}) => {
  test.skip(process.platform !== 'linux', 'only the Secret Service of Linux can be stopped by a test');
  server.seed(3);
  const keychain = await startOwnKeychain(profile.folder);
  try {
    const app = await launch({ hasKeyInEnvironment: false, environment: keychain.environment });
    const first = await app.connectWindow();
    await expect(first.remember).toBeChecked();
    keychain.freeze();
    await first.submit({ key: server.apiKey, endpoint: server.baseUrl });
    await expect(first.alert).toContainText('The system keychain is not answering', PATIENCE);
    await expect(first.alert).toContainText('Connect again to use the key until you quit');
    await expect(first.remember).not.toBeChecked();
    await first.connect.click();
    const unkept = await app.filesWindow();
    await expect(unkept.table.rows).toHaveCount(3);
    await expect(unkept.page.getByText('Key kept until you quit')).toBeVisible();
    await unkept.signOut();

    keychain.thaw();
    const second = await app.connectWindow();
    await second.submit({ key: server.apiKey, endpoint: server.baseUrl });
    const kept = await app.filesWindow();
    await expect(kept.page.getByText('Key in the system keychain')).toBeVisible();
    keychain.freeze();
    await kept.signOut();
    await expect(kept.dialog).toContainText('Sign out and leave the key in the keychain?', PATIENCE);
    await expect(kept.dialog).toContainText('The system keychain is not answering');
    await kept.dialog.getByRole('button', { name: 'Sign out anyway' }).click();
    await expect((await app.connectWindow()).heading).toBeVisible();

    keychain.thaw();
    await app.quit();
    const again = await launch({ hasKeyInEnvironment: false, environment: keychain.environment });
    await expect((await again.connectWindow()).heading).toBeVisible();
    const listPath = join(profile.userDataFolder, 'accounts.json');
    await expect
      .poll(async () => JSON.parse(await readFile(listPath, 'utf8')))
      .toMatchObject({
        accountIds: [],
        leftIds: [],
      });
    await again.quit();
  } finally {
    await keychain.stop();
  }
});
