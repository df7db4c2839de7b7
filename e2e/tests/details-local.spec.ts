import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectAccessible } from '../harness/accessibility.ts';
import { dragFiles, dropFiles } from '../harness/drop-files.ts';
import type { RunningApp } from '../harness/launch-app.ts';
import { writeLocalFile } from '../harness/local-files.ts';
import { answerDialogs } from '../harness/native-dialogs.ts';
import { tabTo } from '../harness/tab-to.ts';
import { expect, test } from '../harness/test.ts';
import { createBufferContent } from '../server/content.ts';

/** Keeps the system's file manager from opening, and what it was asked to show. */
function watchShownFiles({ electron }: RunningApp): Promise<void> {
  return electron.evaluate(({ shell }) => {
    const shown: string[] = [];
    Object.assign(globalThis, { shownPaths: shown });
    shell.showItemInFolder = (path) => void shown.push(path);
  });
}

function readShownFiles({ electron }: RunningApp): Promise<unknown> {
  return electron.evaluate(() => Reflect.get(globalThis, 'shownPaths'));
}

/** Lets a drag out of the window end at once, and keeps what was dragged. */
function watchDrags({ electron }: RunningApp): Promise<void> {
  return electron.evaluate(({ webContents }) => {
    const dragged: unknown[] = [];
    Object.assign(globalThis, { dragged });
    for (const contents of webContents.getAllWebContents())
      contents.startDrag = ({ file, files }) => void dragged.push(files ?? [file]);
  });
}

function readDrags({ electron }: RunningApp): Promise<unknown> {
  return electron.evaluate(() => Reflect.get(globalThis, 'dragged'));
}

/** Holds files over the window, as the system would bring them, until it has drawn what it makes of that. */
async function holdFilesOver(page: Page, paths: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver'] as const)
    await session.send('Input.dispatchDragEvent', { type, x: 400, y: 300, data });
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
}

test('the details tell where on this computer a file came from, and whether it is still so', async ({
  openFiles,
  profile,
}) => {
  const { path } = await writeLocalFile(profile, 'notes.txt', 'What was said.');
  const sha256 = createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
  const { app, page, table, details, transfers, status, alert } = await openFiles();
  await watchShownFiles(app);
  await expect(page.getByText('Drop files here')).toBeVisible();
  await dropFiles(page, [path]);
  await transfers.expectState('notes.txt', 'Done');
  await table.row('notes.txt').focus();
  await page.keyboard.press('Enter');
  await expect(details.value('On this computer')).toContainText('notes.txt');
  await expect(details.value('On this computer')).toContainText('Uploaded from this computer on ');
  await expect(details.value('On this computer')).toContainText('Unchanged since.');
  await expect(details.value('SHA-256')).toContainText(sha256);
  await expectAccessible(page);
  await details.copySha256.click();
  await expect(status.filter({ hasText: 'SHA-256 copied' })).toBeVisible();
  expect(await app.electron.evaluate(({ clipboard }) => clipboard.readText())).toBe(sha256);
  await details.showLocal.click();
  await expect.poll(() => readShownFiles(app)).toEqual([path]);

  await writeFile(path, 'What was meant, which is more.');
  await page.getByRole('button', { name: 'Close details' }).click();
  await table.row('notes.txt').focus();
  await page.keyboard.press('Enter');
  await expect(details.value('On this computer')).toContainText('Changed or moved since.');
  await expect(alert).toHaveCount(0);
});

test('what is unchanged on this computer is dragged out; for the rest a save is offered', async ({
  openFiles,
  profile,
  server,
}) => {
  const content = createBufferContent(Buffer.from('made at OpenRouter'));
  server.files.add({ name: 'generated.txt', content, createdAt: 1 });
  server.files.add({ name: 'elsewhere.txt', createdAt: 2 });
  const { path } = await writeLocalFile(profile, 'here.txt', 'Here.');
  const { app, page, table, transfers, status, dropTarget } = await openFiles();
  await expect(table.rows).toHaveCount(2);
  await dropFiles(page, [path]);
  await transfers.expectState('here.txt', 'Done');
  await watchDrags(app);
  const drag = async (name: string) => {
    const place = await table.row(name).boundingBox();
    if (place === null) throw new Error(`${name} is not in view`);
    const [x, y] = [place.x + 120, place.y + place.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 30, y + 4, { steps: 4 });
  };
  await drag('here.txt');
  await expect.poll(() => readDrags(app)).toEqual([[path]]);
  // On its way over this window it is no offer to upload; files from elsewhere are again, when it has left.
  await holdFilesOver(page, [path]);
  await expect(dropTarget).toBeHidden();
  await page.evaluate(() => document.body.dispatchEvent(new DragEvent('dragleave', { bubbles: true })));
  await page.mouse.up();
  const foreign = await dragFiles(page, [path]);
  await expect(dropTarget).toBeVisible();
  await foreign.leave();
  await expect(dropTarget).toBeHidden();
  await drag('elsewhere.txt');
  await page.mouse.up();
  const news = status.filter({ hasText: 'Nothing to drag out' });
  await expect(news).toContainText('Only files that are on this computer');
  await expect(news.getByRole('button', { name: 'Save…' })).toHaveCount(0);
  await drag('generated.txt');
  await page.mouse.up();
  await expect(news.getByRole('button', { name: 'Save…' })).toBeVisible();
  expect(await readDrags(app)).toHaveLength(1);
});

test('of files some of which are elsewhere it says how many are left out, and saves what can be saved', async ({
  openFiles,
  profile,
  server,
}) => {
  const content = createBufferContent(Buffer.from('made at OpenRouter'));
  server.files.add({ name: 'mixed/generated.txt', content, createdAt: 1 });
  server.files.add({ name: 'mixed/elsewhere.txt', createdAt: 2 });
  const { path } = await writeLocalFile(profile, 'mixed/here.txt', 'Here.');
  const { app, page, table, transfers, status, path: folders } = await openFiles();
  await expect(table.rows).toHaveCount(2);
  await dropFiles(page, [join(profile.localFolder, 'mixed')]);
  await transfers.expectState('mixed/here.txt', 'Done');
  await watchDrags(app);
  await folders.showFolders();
  const place = await table.folder('mixed').boundingBox();
  if (place === null) throw new Error('The folder is not in view');
  const [x, y] = [place.x + 120, place.y + place.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 30, y + 4, { steps: 4 });
  await expect.poll(() => readDrags(app)).toEqual([[path]]);
  await page.mouse.up();
  const news = status.filter({ hasText: '2 of 3 files are left out' });
  await expect(news).toContainText('1 file can be saved to this computer first.');
  const target = join(profile.saveFolder, 'generated.txt');
  await answerDialogs(app.electron, { save: target });
  await news.getByRole('button', { name: 'Save…' }).click();
  await transfers.expectState('generated.txt', 'Done');
  expect(await readFile(target, 'utf8')).toBe('made at OpenRouter');
});

test('a file is replaced with the keyboard alone: the new one is confirmed before the old one goes', async ({
  openFiles,
  profile,
  server,
}) => {
  const old = server.files.add({ name: 'plan.txt', createdAt: 1 });
  const { path } = await writeLocalFile(profile, 'plan of today.txt', 'Another plan.');
  const { app, page, table, details, status } = await openFiles();
  await app.electron.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
  }, path);
  await table.row('plan.txt').focus();
  await page.keyboard.press('Enter');
  await tabTo(page, details.replace);
  const hang = server.faults.inject({ on: 'upload', fault: { kind: 'hang', at: 'headers' } });
  await page.keyboard.press('Enter');
  const note = status.filter({ hasText: 'A new “plan.txt” is being uploaded' });
  await expect(note).toContainText('The old file is deleted only when the new one is confirmed.');
  hang.release();
  await expect(note).toHaveCount(0);
  await expect.poll(() => server.files.get(old.id)).toBeUndefined();
  const [stored] = server.files.all();
  expect(stored?.name).toBe('plan.txt');
  expect(stored?.sizeBytes).toBe('Another plan.'.length);
  expect(server.files.size).toBe(1);
  await expect(table.rows).toHaveCount(1);
});

test('a generated file offers no replacement: it was not uploaded', async ({ openFiles, server }) => {
  server.files.add({ name: 'chart.png', content: createBufferContent(Buffer.from('chart')) });
  const { table, page, details } = await openFiles();
  await table.row('chart.png').focus();
  await page.keyboard.press('Enter');
  await expect(details.save).toBeVisible();
  await expect(details.replace).toHaveCount(0);
});
