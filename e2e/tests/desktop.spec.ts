import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { dragFiles } from '../harness/drop-files.ts';
import { answerDialogs } from '../harness/native-dialogs.ts';
import { startAgain } from '../harness/second-start.ts';
import { expect, test } from '../harness/test.ts';

test('files that a second start is given are uploaded once the person has said so', async ({
  openFiles,
  profile,
  server,
}) => {
  const { app, table } = await openFiles();
  const paths = ['one.txt', 'two.txt'].map((name) => join(profile.localFolder, name));
  for (const path of paths) await writeFile(path, `content of ${path}`);
  const refusal = await answerDialogs(app.electron, { message: 'Cancel' });
  await startAgain(app.electron, paths);
  await expect.poll(refusal.opened).toMatchObject([{ title: 'Upload 2 items?' }]);

  const agreement = await answerDialogs(app.electron, { message: 'Upload' });
  await startAgain(app.electron, paths.slice(0, 1));
  await expect.poll(agreement.opened).toMatchObject([{ title: 'Upload “one.txt”?' }]);
  await expect(table.row('one.txt')).toBeVisible();
  expect(server.requests.all('upload')).toHaveLength(1);
});

test('the computer is kept awake while files are transferred, and no longer', async ({
  openFiles,
  profile,
  server,
}) => {
  const { app, transfers } = await openFiles();
  const path = join(profile.localFolder, 'a.txt');
  await writeFile(path, 'content');
  const hang = server.faults.inject({ on: 'upload', fault: { kind: 'hang', at: 'headers' } });
  await answerDialogs(app.electron, { message: 'Upload' });
  expect(await isKeptAwake(app.electron)).toBe(false);
  await startAgain(app.electron, [path]);
  await expect.poll(() => isKeptAwake(app.electron)).toBe(true);
  hang.release();
  await expect(transfers.region).toContainText('Done');
  await expect.poll(() => isKeptAwake(app.electron)).toBe(false);
});

test('the drop target goes when a drag has ended without a word', async ({ openFiles, profile }) => {
  const { page, dropTarget } = await openFiles();
  const path = join(profile.localFolder, 'a.txt');
  await writeFile(path, 'content');
  await dragFiles(page, [path]);
  await expect(dropTarget).toBeVisible();
  // A move right behind the drag's last word is none of its end.
  await expect(async () => {
    await page.mouse.move(300, 200);
    await page.mouse.move(310, 200);
    await expect(dropTarget).toBeHidden({ timeout: 100 });
  }).toPass();
});

/** Electron counts what keeps the computer awake from 0. */
function isKeptAwake(electron: ElectronApplication): Promise<boolean> {
  return electron.evaluate(({ powerSaveBlocker }) =>
    [0, 1, 2, 3].some((id) => powerSaveBlocker.isStarted(id)),
  );
}
