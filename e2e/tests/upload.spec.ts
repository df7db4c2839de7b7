import { symlink, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { dragFiles, dropFiles, pasteFiles } from '../harness/drop-files.ts';
import { createText, PNG_BYTES, writeLocalFile } from '../harness/local-files.ts';
import { answerDialogs } from '../harness/native-dialogs.ts';
import { expect, test } from '../harness/test.ts';

/** Gives the milliseconds from the next typing to a table of one row, as the page itself sees them. */
function measureSearch(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let startedAt: number | null = null;
        const start = () => {
          startedAt = performance.now();
        };
        addEventListener('input', start, { capture: true, once: true });
        const observer = new MutationObserver(() => {
          if (startedAt === null || document.querySelectorAll('[role=rowheader]').length !== 1) return;
          observer.disconnect();
          resolve(performance.now() - startedAt);
        });
        observer.observe(document.body, { childList: true, subtree: true });
      }),
  );
}

test('a dropped file arrives whole and stands in the table', async ({ openFiles, server, profile }) => {
  const file = await writeLocalFile(profile, 'report.txt', createText(3_000_001));
  const { page, dropTarget, table, transfers } = await openFiles();
  await expect(page.getByText('Drop files here')).toBeVisible();
  const drag = await dragFiles(page, [file.path]);
  await expect(dropTarget).toBeVisible();
  await drag.drop();
  await expect(dropTarget).toBeHidden();
  await transfers.expectState('report.txt', 'Done');
  await expect(table.row('report.txt')).toBeVisible();
  await expect(table.pager).toContainText('1–1 of 1');
  const [stored] = server.files.named('report.txt');
  expect(stored?.sha256).toBe(file.sha256);
  expect(stored?.sizeBytes).toBe(file.sizeBytes);
  expect(server.requests.all('upload')).toHaveLength(1);
});

test('a drag that leaves the window uploads nothing', async ({ openFiles, server, profile }) => {
  const file = await writeLocalFile(profile, 'report.txt');
  const { page, dropTarget } = await openFiles();
  const drag = await dragFiles(page, [file.path]);
  await expect(dropTarget).toBeVisible();
  await drag.leave();
  await expect(dropTarget).toBeHidden();
  expect(server.requests.all('upload')).toHaveLength(0);
});

test('a dropped folder keeps its structure in the names', async ({ openFiles, server, profile }) => {
  for (const name of ['photos/cover.png', 'photos/2026/may/beach.png', 'photos/2026/index.md']) {
    await writeLocalFile(profile, name, name.endsWith('.png') ? PNG_BYTES : '# Index\n');
  }
  const { page, table } = await openFiles();
  await dropFiles(page, [join(profile.localFolder, 'photos')]);
  await expect(table.rows).toHaveCount(3);
  const names = server.files.all().map((file) => file.name);
  expect(names.toSorted()).toEqual(['photos/2026/index.md', 'photos/2026/may/beach.png', 'photos/cover.png']);
});

test('pasted files are uploaded', async ({ openFiles, server, profile }) => {
  const file = await writeLocalFile(profile, 'pasted.txt');
  const { page, table } = await openFiles();
  await expect(page.getByText('Drop files here')).toBeVisible();
  await pasteFiles(page, [file.path]);
  await expect(table.row('pasted.txt')).toBeVisible();
  expect(server.files.named('pasted.txt')[0]?.sha256).toBe(file.sha256);
});

test('the Upload button lets files be chosen', async ({ openFiles, server, profile }) => {
  const chosen = [await writeLocalFile(profile, 'one.txt'), await writeLocalFile(profile, 'two.txt')];
  const { page, upload, table } = await openFiles();
  const chooser = page.waitForEvent('filechooser');
  await upload.click();
  await (await chooser).setFiles(chosen.map(({ path }) => path));
  await expect(table.rows).toHaveCount(2);
  for (const { name, sha256 } of chosen) expect(server.files.named(name)[0]?.sha256).toBe(sha256);
});

test('a folder can be chosen', async ({ openFiles, server, profile }) => {
  await writeLocalFile(profile, 'data/a.csv', 'x,y\n1,2\n');
  const { app, page, table } = await openFiles();
  await answerDialogs(app.electron, { open: join(profile.localFolder, 'data') });
  await page.getByRole('button', { name: 'More ways to upload' }).click();
  await page.getByRole('menuitem', { name: 'Upload folder…' }).click();
  await expect(table.row('data/a.csv')).toBeVisible();
  expect(server.files.named('data/a.csv')).toHaveLength(1);
});

test('files that systems leave behind are skipped, and told', async ({ openFiles, server, profile }) => {
  for (const name of ['trip/.DS_Store', 'trip/Thumbs.db', 'trip/sub/desktop.ini', 'trip/notes.txt']) {
    await writeLocalFile(profile, name);
  }
  const { page, table, status } = await openFiles();
  await dropFiles(page, [join(profile.localFolder, 'trip')]);
  await expect(table.row('trip/notes.txt')).toBeVisible();
  const news = status.filter({ hasText: '3 system files were skipped' });
  for (const name of ['.DS_Store', 'Thumbs.db', 'desktop.ini']) await expect(news).toContainText(name);
  expect(server.files.size).toBe(1);
});

test('a folder that links to itself ends, and its links are told', async ({ openFiles, server, profile }) => {
  await writeLocalFile(profile, 'loop/file.txt');
  const link = join(profile.localFolder, 'loop', 'again');
  await symlink(join(profile.localFolder, 'loop'), link);
  const { page, table, status } = await openFiles();
  await dropFiles(page, [join(profile.localFolder, 'loop')]);
  await expect(table.row('loop/file.txt')).toBeVisible();
  await expect(status.filter({ hasText: '1 link was skipped (loop/again)' })).toBeVisible();
  expect(server.files.size).toBe(1);
  await unlink(link);
});

test('names of every script arrive as they are', async ({ openFiles, server, profile }) => {
  const names = ['📊 Zahlen – ½ 🇫🇷.txt', 'تقرير سنوي.txt', '日本語の名前.txt', `${'a'.repeat(251)}.txt`];
  const paths: string[] = [];
  for (const name of names) paths.push((await writeLocalFile(profile, name)).path);
  const { page, table } = await openFiles();
  await dropFiles(page, paths);
  await expect(table.rows).toHaveCount(4);
  for (const name of names) {
    await expect(table.row(name)).toBeVisible();
    expect(server.files.named(name)).toHaveLength(1);
  }
});

test('the same name twice is two files only when a person says so', async ({
  openFiles,
  server,
  profile,
}) => {
  const file = await writeLocalFile(profile, 'twice.txt');
  const { page, table, transfers } = await openFiles();
  await dropFiles(page, [file.path]);
  await expect(table.rows).toHaveCount(1);
  await transfers.clearFinished.click();
  await dropFiles(page, [file.path]);
  await transfers.skip('twice.txt').click();
  await transfers.expectState('twice.txt', 'Skipped');
  expect(server.files.named('twice.txt')).toHaveLength(1);
  await transfers.retry('twice.txt').click();
  await transfers.uploadAnyway('twice.txt').click();
  await expect(table.rows).toHaveCount(2);
  expect(new Set(server.files.named('twice.txt').map(({ id }) => id)).size).toBe(2);
});

test('while thousands of files are uploaded the window answers', async ({ openFiles, server, profile }) => {
  for (let index = 0; index < 5000; index += 1) {
    await writeLocalFile(profile, `many/file-${String(index).padStart(4, '0')}.txt`, `file ${index}\n`);
  }
  server.files.add({ name: 'needle.txt' });
  const { page, search, table, transfers } = await openFiles();
  await expect(table.row('needle.txt')).toBeVisible();
  await dropFiles(page, [join(profile.localFolder, 'many')]);
  await expect(transfers.items.first()).toBeVisible();
  const answer = measureSearch(page);
  await search.fill('needle');
  // It takes far less, but a machine may be slow.
  expect(await answer).toBeLessThan(5000);
  await expect(table.rows).toHaveCount(1);
  expect(await transfers.items.count()).toBeLessThan(50);
  await expect(transfers.region).toContainText(/[\d,]+ queued/);
  // Thousands are still to come; nothing more than this test's end is left to wait for.
  server.faults.inject({
    on: 'upload',
    times: Number.POSITIVE_INFINITY,
    fault: { kind: 'hang', at: 'headers' },
  });
  await server.waitFor((request) => request.isHeld);
  expect(server.files.size).toBeLessThan(5001);
});
