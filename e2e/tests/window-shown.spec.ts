import type { ElectronApplication } from '@playwright/test';
import { answerDialogs } from '../harness/native-dialogs.ts';
import { startAgain } from '../harness/second-start.ts';
import { expect, test } from '../harness/test.ts';
import { hasWeston, startWeston } from '../harness/weston.ts';

test('under Wayland the window is visible within five seconds and its page draws', async ({
  launch,
  profile,
  server,
}) => {
  test.skip(!hasWeston(), 'weston is not installed on this machine');
  server.seed(3);
  const weston = await startWeston(profile.folder);
  try {
    const startedAt = performance.now();
    const app = await launch({ environment: weston.environment });
    await expect.poll(() => isVisible(app.electron), { timeout: 5000 }).toBe(true);
    expect(performance.now() - startedAt).toBeLessThan(5000);
    // Waits for two frames.
    const files = await app.filesWindow();
    await expect(files.table.rows).toHaveCount(3);
    expect(await app.electron.evaluate(({ app }) => app.commandLine.getSwitchValue('ozone-platform'))).toBe(
      'wayland',
    );
    await app.quit();
  } finally {
    await weston.stop();
  }
});

test('a second start shows a window that is hidden', async ({ openFiles }) => {
  const { app } = await openFiles();
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  expect(await isVisible(app.electron)).toBe(false);
  await startAgain(app.electron);
  await expect.poll(() => isVisible(app.electron)).toBe(true);
});

test('a page that dies again at once asks in a system dialog, and a second start brings it back', async ({
  launchFiles,
  problems,
  server,
}) => {
  server.seed(3);
  problems.expect(/The window's process is gone: crashed/);
  const { app, table } = await launchFiles();
  await expect(table.rows).toHaveCount(3);
  const dialogs = await answerDialogs(app.electron, { message: 'Not now' });
  await crashPage(app.electron);
  await expect.poll(() => isLoaded(app.electron)).toBe(true);
  expect(await dialogs.opened()).toEqual([]);
  await crashPage(app.electron);
  await expect.poll(dialogs.opened).toMatchObject([{ title: 'This window stopped working' }]);
  expect(await isLoaded(app.electron)).toBe(false);
  await startAgain(app.electron);
  await expect.poll(() => isLoaded(app.electron)).toBe(true);
});

/** Ends the page's process; resolves when main has been told. Playwright itself sees nothing of such a page any more. */
function crashPage(electron: ElectronApplication): Promise<void> {
  return electron.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    return new Promise<void>((resolve) => {
      contents?.once('render-process-gone', () => resolve());
      contents?.forcefullyCrashRenderer();
    });
  });
}

/** Whether the page lives and shows its files. */
function isLoaded(electron: ElectronApplication): Promise<boolean> {
  return electron.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (!contents || contents.isCrashed() || contents.isLoading()) return false;
    const rowHeaders: unknown = await contents.executeJavaScript(
      "document.querySelectorAll('[role=rowheader]').length",
    );
    return rowHeaders === 3;
  });
}

function isVisible(electron: ElectronApplication): Promise<boolean> {
  return electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() ?? false);
}
