import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../harness/test.ts';

test('records and settings that cannot be read are told of in the window', async ({
  launch,
  profile,
  problems,
  server,
}) => {
  problems.expect(/settings: SyntaxError/);
  const locationId = createHash('sha256')
    .update(`${server.baseUrl}\n${server.apiKey}`)
    .digest('hex')
    .slice(0, 32);
  const folder = join(profile.userDataFolder, 'transfers');
  await mkdir(folder, { recursive: true });
  for (const kind of ['transfers', 'deletions', 'uploads']) {
    await writeFile(join(folder, `${locationId}.${kind}.jsonl`), Buffer.alloc(512));
  }
  const settingsPath = join(profile.userDataFolder, 'settings.json');
  await writeFile(settingsPath, '{"transferConc');
  const app = await launch();
  const { page } = await app.filesWindow();
  for (const title of [
    'A record of deletions couldn’t be read',
    'The upload history couldn’t be read',
    'Your settings couldn’t be read',
  ]) {
    await expect(page.getByRole('alert').filter({ hasText: title })).toBeVisible();
  }
  await expect(page.getByRole('region', { name: 'Transfers' })).toContainText('could not be read');
  expect(await readFile(`${settingsPath}.damaged-1`, 'utf8')).toBe('{"transferConc');
});
