import type { ElectronApplication } from '@playwright/test';
import { dropFiles } from '../harness/drop-files.ts';
import { createText, writeLocalFile } from '../harness/local-files.ts';
import { answerDialogs } from '../harness/native-dialogs.ts';
import { UNDO_MS } from '../harness/profile.ts';
import { expect, test } from '../harness/test.ts';
import { beginDeletion, listDeletions, whenListed } from '../prove/deletions-over-bridge.ts';

const MIB = 1024 * 1024;

/** Quits as the menu does; what the app does then is the test's matter. */
const quit = (electron: ElectronApplication) => electron.evaluate(({ app }) => app.quit());
const whenGone = (electron: ElectronApplication) =>
  new Promise<void>((resolve) => {
    const process = electron.process();
    if (process.exitCode !== null) resolve();
    else process.once('exit', () => resolve());
  });

test('quitting while files are sent asks first; cancelled, everything goes on', async ({
  launchFiles,
  server,
  profile,
}) => {
  const file = await writeLocalFile(profile, 'large.txt', createText(32 * MIB));
  const hang = server.faults.inject({ on: 'upload', fault: { kind: 'hang', at: { requestBytes: 4 * MIB } } });
  const { app, page, transfers } = await launchFiles();
  const dialogs = await answerDialogs(app.electron, { message: 'Cancel' });
  await dropFiles(page, [file.path]);
  await server.waitFor((request) => request.isHeld);
  await quit(app.electron);
  await expect
    .poll(async () => (await dialogs.opened()).map(({ title }) => title))
    .toEqual(['Transfers are under way']);
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await expect.poll(async () => (await dialogs.opened()).length).toBe(2);
  hang.release();
  await transfers.expectState('large.txt', 'Done');
});

test('what quitting stops goes on at the next start', async ({ launch, launchFiles, server, profile }) => {
  const files = await Promise.all(
    ['a.txt', 'b.txt', 'c.txt', 'd.txt'].map((name) =>
      writeLocalFile(profile, name, createText(8 * MIB + name.charCodeAt(0))),
    ),
  );
  const at = { requestBytes: MIB };
  server.faults.inject({ on: 'upload', times: 3, fault: { kind: 'hang', at } });
  const first = await launchFiles();
  await dropFiles(
    first.page,
    files.map(({ path }) => path),
  );
  await expect.poll(() => server.requests.all('upload').filter(({ isHeld }) => isHeld).length).toBe(3);
  await answerDialogs(first.app.electron, { message: 'Stop and quit' });
  const gone = whenGone(first.app.electron);
  await quit(first.app.electron);
  await gone;
  server.faults.clear();

  const second = await (await launch()).filesWindow();
  for (const { name } of files) {
    await second.transfers.expectState(name, 'Done', 60_000);
    expect(server.files.named(name)).toHaveLength(1);
  }
});

test('the app can be told to quit when the work is done', async ({ launchFiles, server, profile }) => {
  const file = await writeLocalFile(profile, 'a.txt');
  const hang = server.faults.inject({ on: 'upload', fault: { kind: 'hang', at: 'body' } });
  const { app, page, transfers } = await launchFiles();
  const dialogs = await answerDialogs(app.electron, { message: 'Quit when done' });
  await dropFiles(page, [file.path]);
  await transfers.expectState('a.txt', 'Waiting for OpenRouter');
  const gone = whenGone(app.electron);
  await quit(app.electron);
  await expect.poll(async () => (await dialogs.opened()).length).toBe(1);
  await transfers.expectState('a.txt', 'Waiting for OpenRouter');
  hang.release();
  await gone;
  expect(server.files.named('a.txt')).toHaveLength(1);
});

test('quitting in the grace period of a deletion says that nothing is deleted, and so it is', async ({
  launch,
  launchFiles,
  server,
}) => {
  server.seed(3, { generatedEvery: 0 });
  const first = await launchFiles();
  await whenListed(first.page, 3);
  await answerDialogs(first.app.electron, { message: 'Quit' });
  await beginDeletion(first.page);
  const gone = whenGone(first.app.electron);
  await quit(first.app.electron);
  await gone;
  const second = await (await launch()).filesWindow();
  await whenListed(second.page, 3);
  // The person was told before; nothing is left to tell.
  expect(await listDeletions(second.page)).toEqual([]);
  expect(server.requests.all('delete')).toEqual([]);
});

test('who stays has the deletion carried out', async ({ launchFiles, server }) => {
  server.seed(1, { generatedEvery: 0 });
  const { app, page } = await launchFiles();
  await whenListed(page, 1);
  const dialogs = await answerDialogs(app.electron, { message: 'Stay' });
  await beginDeletion(page);
  await quit(app.electron);
  await expect
    .poll(async () => (await dialogs.opened()).map(({ title }) => title))
    .toEqual(['1 file will not be deleted if you quit now']);
  await expect.poll(() => server.files.size, { timeout: UNDO_MS + 10_000 }).toBe(0);
});

test('quitting while files are deleted asks; what is stopped goes on at the next start', async ({
  launch,
  launchFiles,
  server,
}) => {
  server.seed(20, { generatedEvery: 0 });
  const times = Number.POSITIVE_INFINITY;
  const hang = server.faults.inject({
    on: 'delete',
    from: 10,
    times,
    fault: { kind: 'hang', at: 'headers' },
  });
  const first = await launchFiles();
  await whenListed(first.page, 20);
  const dialogs = await answerDialogs(first.app.electron, { message: 'Cancel' });
  await beginDeletion(first.page);
  await server.waitFor(({ operation, isHeld }) => operation === 'delete' && isHeld, UNDO_MS + 10_000);
  await quit(first.app.electron);
  await expect
    .poll(async () => (await dialogs.opened()).map(({ title }) => title))
    .toEqual(['Files are being deleted']);
  await answerDialogs(first.app.electron, { message: 'Stop and quit' });
  const gone = whenGone(first.app.electron);
  await quit(first.app.electron);
  await gone;
  hang.remove();
  hang.release();
  const second = await (await launch()).filesWindow();
  await expect.poll(() => server.files.size).toBe(0);
  const news = second.status.filter({ hasText: 'Deleted 20 files' });
  await expect(news).toContainText('You started this deletion before the app was last closed.');
});

test('a system that ends the app is not kept waiting', async ({ launch, launchFiles, server, profile }) => {
  test.skip(process.platform === 'win32', 'Windows has no SIGTERM');
  const file = await writeLocalFile(profile, 'a.txt');
  const hang = server.faults.inject({ on: 'upload', fault: { kind: 'hang', at: 'applied' } });
  const first = await launchFiles();
  await dropFiles(first.page, [file.path]);
  await first.transfers.expectState('a.txt', 'Waiting for OpenRouter');
  await server.waitFor((request) => request.operation === 'upload' && request.isHeld);
  const gone = whenGone(first.app.electron);
  first.app.electron.process().kill('SIGTERM');
  await gone;
  hang.release();

  const second = await (await launch()).filesWindow();
  await second.transfers.expectState('a.txt', 'Done');
  await expect(second.transfers.item('a.txt')).toContainText('confirmed by listing');
  expect(server.files.named('a.txt')).toHaveLength(1);
});

test('a batch that ends behind other windows is told by the system', async ({
  launchFiles,
  server,
  profile,
}) => {
  const good = await writeLocalFile(profile, 'a.txt');
  const bad = await writeLocalFile(profile, 'empty.txt', '');
  const hang = server.faults.inject({ on: 'upload', fault: { kind: 'hang', at: 'body' } });
  const { app, page, transfers } = await launchFiles();
  const told = await app.electron.evaluateHandle(({ BrowserWindow, Notification }) => {
    const bodies: string[] = [];
    const progress: number[] = [];
    Notification.isSupported = () => true;
    Notification.prototype.show = function show(this: Electron.Notification) {
      bodies.push(this.body);
    };
    for (const window of BrowserWindow.getAllWindows()) {
      window.isFocused = () => false;
      window.setProgressBar = (value) => void progress.push(value);
    }
    return { bodies, progress };
  });
  await dropFiles(page, [good.path, bad.path]);
  await transfers.expectState('a.txt', 'Waiting for OpenRouter');
  hang.release();
  await transfers.expectState('a.txt', 'Done');
  await expect
    .poll(async () => (await told.jsonValue()).bodies)
    .toEqual(['1 file is done. 1 needs your attention.']);
  const { progress } = await told.jsonValue();
  expect(progress.some((value) => value > 0 && value <= 1)).toBe(true);
  expect(progress.at(-1)).toBe(-1);
});
