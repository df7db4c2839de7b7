import { mkdir, rm } from 'node:fs/promises';
import { killApp } from '../harness/kill-app.ts';
import { writeLocalFile } from '../harness/local-files.ts';
import { answerDialogs } from '../harness/native-dialogs.ts';
import { UNDO_MS } from '../harness/profile.ts';
import { storePath } from '../harness/stored-rows.ts';
import { expect, test } from '../harness/test.ts';
import { listDeletions } from '../prove/deletions-over-bridge.ts';

/** The grace period, and time for the requests after it. */
const CARRIED_OUT = { timeout: UNDO_MS + 15_000 };

test('what the end of the app came in between of is told at the next start', async ({
  launchFiles,
  server,
}) => {
  server.files.add({ name: 'survivor.txt' });
  const files = await launchFiles();
  await files.table.row('survivor.txt').click();
  await files.page.keyboard.press('Delete');
  await files.dialogDelete.click();
  await expect(files.undo).toBeVisible();
  await killApp(files.app);
  const again = await launchFiles();
  const news = again.status.filter({ hasText: '“survivor.txt” was not deleted' });
  await expect(news).toContainText('The app quit before the undo period ended, so nothing was deleted.');
  expect(server.requests.all('delete')).toHaveLength(0);
  await news.getByRole('button', { name: 'Dismiss' }).click();
  await expect(news).toHaveCount(0);
  // Told once is told: a window that loads again has no old news.
  await again.page.reload();
  await expect(again.table.row('survivor.txt')).toBeVisible();
  await expect.poll(() => listDeletions(again.page)).toEqual([]);
  await expect(news).toHaveCount(0);
});

test('what could not even be begun is told, though nobody saw it begin', async ({
  launch,
  launchFiles,
  server,
  profile,
  problems,
}) => {
  problems.expect(/records: .*unable to open database file/);
  const old = server.files.add({ name: 'plan.txt', sizeBytes: 8 });
  const first = await launchFiles();
  await first.table.row('plan.txt').click();
  await first.page.keyboard.press('Delete');
  await first.dialogDelete.click();
  await first.undo.click();
  await first.app.quit();
  // A folder in the place of the records: they can be neither read nor written.
  await rm(storePath(profile));
  await mkdir(storePath(profile));

  const app = await launch();
  const { page, table, details, alert } = await app.filesWindow();
  const { path } = await writeLocalFile(profile, 'new.txt', 'new plan');
  await answerDialogs(app.electron, { open: path });
  await table.row('plan.txt').focus();
  await page.keyboard.press('Enter');
  await details.replace.click();
  const news = alert.filter({ hasText: '“plan.txt” was not deleted' });
  await expect(news).toContainText('The list of deletions cannot be saved');
  expect(server.files.get(old.id)).toBeDefined();
  expect(server.requests.all('delete')).toHaveLength(0);
});

test('signing out tells that what waits to be deleted stays', async ({ openFiles, server }) => {
  for (const name of ['one.txt', 'two.txt']) server.files.add({ name });
  const { app, table, page, dialog, dialogDelete, undo } = await openFiles();
  await table.selectAll.click();
  await table.rows.first().focus();
  await page.keyboard.press('Delete');
  await dialogDelete.click();
  await expect(undo).toBeVisible();
  await page.getByRole('button', { name: /^Actions for / }).click();
  await page.getByRole('menuitem', { name: /^Sign out/ }).click();
  await expect(dialog).toContainText('2 files that are about to be deleted stay.');
  await dialog.getByRole('button', { name: 'Sign out' }).click();
  await expect((await app.connectWindow()).heading).toBeVisible();
  expect(server.requests.all('delete')).toHaveLength(0);
});

test('signing out while files are deleted says that it ends there, and what came of it when the key is back', async ({
  openFiles,
  server,
}) => {
  for (let index = 1; index <= 30; index += 1) server.files.add({ name: `file ${index}.txt` });
  const held = server.faults.inject({
    on: 'delete',
    from: 11,
    times: Number.POSITIVE_INFINITY,
    fault: { kind: 'hang', at: 'headers' },
  });
  const { app, table, page, dialog, dialogDelete } = await openFiles();
  await table.selectAll.click();
  await table.rows.first().focus();
  await page.keyboard.press('Delete');
  await dialogDelete.click();
  const bar = page.getByRole('progressbar', { name: 'Deleting 30 files…' });
  await expect(bar).toHaveAttribute('aria-valuetext', '10 of 30', CARRIED_OUT);
  await page.getByRole('button', { name: /^Actions for / }).click();
  await page.getByRole('menuitem', { name: /^Sign out/ }).click();
  await expect(dialog).toContainText(
    '20 files are still to be deleted. Signing out stops that for good, and they stay.',
  );
  await dialog.getByRole('button', { name: 'Sign out' }).click();
  const connect = await app.connectWindow();
  await expect(connect.heading).toBeVisible();
  held.remove();
  held.release();
  const askedCount = server.requests.all('delete').length;
  await connect.remember.uncheck();
  await connect.submit({ key: server.apiKey, endpoint: server.baseUrl });
  const { status } = await app.filesWindow();
  const news = status.filter({ hasText: 'Stopped. Up to 12 files were kept.' });
  await expect(news).toContainText('Deleted 10 files');
  await expect(news).toContainText('The file may have been deleted');
  expect(server.requests.all('delete')).toHaveLength(askedCount);
});

test('of more messages than the window has room for, the newest are in view and the others in reach', async ({
  openFiles,
  server,
}) => {
  const names = Array.from({ length: 14 }, (_, index) => `note-${index}.txt`);
  for (const name of names) server.files.add({ name });
  // So that none of them goes while the others are made.
  server.faults.inject({
    on: 'delete',
    times: Number.POSITIVE_INFINITY,
    fault: { kind: 'hang', at: 'headers' },
  });
  const { page, table, search, dialogDelete, status } = await openFiles({
    size: { width: 800, height: 600 },
  });
  for (const name of names) {
    // By the keyboard: messages lie over the rows.
    await table.row(name).focus();
    await page.keyboard.press('Delete');
    await dialogDelete.click();
    await expect(status.filter({ hasText: `“${name}”` })).toHaveCount(1);
  }
  await search.click();
  const [oldest, newest] = [names[0] ?? '', names.at(-1) ?? ''];
  await expect(status.filter({ hasText: `“${newest}”` })).toBeInViewport({ ratio: 1 });
  const oldestMessage = status.filter({ hasText: `“${oldest}”` });
  await expect(oldestMessage).not.toBeInViewport();
  await oldestMessage.hover();
  await expect(oldestMessage).toBeInViewport({ ratio: 1 });
});
