import { toCommandChannel } from '#app/contract/bridge.ts';
import type { FilesCommands } from '#app/contract/files-contract.ts';
import { type BrowserPage, startBrowserPage } from '../browser/browser-page.ts';
import { createFilesWindow, type FilesWindow } from '../pages/files-window.ts';
import type { RunningApp } from './launch-app.ts';
import { watchPages } from './problems.ts';
import type { WindowOptions } from './shared-app.ts';
import { test as windowTest } from './test.ts';

export { expect } from '@playwright/test';

/** What holds the page that is tested. */
export interface PageShell {
  /** Ends the app as a quit does, so that the next opening is the next start. */
  quit(): Promise<void>;
  readClipboard(): Promise<string>;
  writeClipboard(text: string): Promise<void>;
  /** Lets main answer a command otherwise from now on, or never for undefined: for what no server can bring about. */
  replaceCommand(command: keyof FilesCommands, result: unknown): Promise<void>;
}

/** The main window's page, and what holds it. */
export type OpenPage = FilesWindow & { readonly app: PageShell };

interface PageFixtures {
  /** Opens the main window's page on the test's server. */
  readonly openPage: (options?: WindowOptions) => Promise<OpenPage>;
}

/** What a project says of where its pages are. */
export interface PageOptions {
  /** The browser that holds the page, by its path; null for the app itself. */
  readonly browserPath: string | null;
  /** Whether tests in the app share one of their worker's: not for those whose server cannot be reached from the start. */
  readonly sharesApp: boolean;
  /** The page in that browser. */
  readonly browserPage: BrowserPage | null;
}

/** Playwright's test for what is only about the main window's page: in a browser over main's own code, or in the app. */
export const test = windowTest.extend<PageFixtures, PageOptions>({
  browserPath: [null, { option: true, scope: 'worker' }],
  sharesApp: [false, { option: true, scope: 'worker' }],
  browserPage: [
    async ({ browserPath, display: _ }, use) => {
      const browserPage = browserPath === null ? null : await startBrowserPage(browserPath);
      await use(browserPage);
      await browserPage?.close();
    },
    { scope: 'worker' },
  ],
  openPage: async (
    { browserPage, sharesApp, openFiles, launchFiles, profile, server, problems },
    use,
    testInfo,
  ) => {
    if (browserPage === null) {
      await use(async (options) => {
        const { app, ...files } = await (sharesApp ? openFiles : launchFiles)(options);
        return { ...files, app: toShell(app) };
      });
      return;
    }
    const { page } = browserPage;
    const context = page.context();
    watchPages(context, problems.add);
    await use(async ({ colorScheme, size } = {}) => {
      if (size) await page.setViewportSize(size);
      if (colorScheme) await page.emulateMedia({ colorScheme });
      const main = await browserPage.open({
        server,
        userDataFolder: profile.userDataFolder,
        onProblem: problems.add,
      });
      return {
        ...createFilesWindow(page),
        app: {
          quit: browserPage.leave,
          readClipboard: async () => main.clipboard,
          writeClipboard: async (text) => {
            main.clipboard = text;
          },
          replaceCommand: async (command, result) =>
            main.replaceCommand(toCommandChannel('files', command), result),
        },
      };
    });
    if (testInfo.status !== testInfo.expectedStatus) {
      const body = await page.screenshot({ timeout: 3000 }).catch(() => null);
      if (body) await testInfo.attach('page.png', { body, contentType: 'image/png' });
    }
    await browserPage.clean();
    context.removeAllListeners('console');
    context.removeAllListeners('weberror');
  },
});

function toShell({ electron, quit }: RunningApp): PageShell {
  return {
    quit,
    readClipboard: () => electron.evaluate(({ clipboard }) => clipboard.readText()),
    writeClipboard: (text) =>
      electron.evaluate(({ clipboard }, written) => clipboard.writeText(written), text),
    replaceCommand: (command, result) =>
      electron.evaluate(
        ({ ipcMain }, [channel, answer]) => {
          ipcMain.removeHandler(channel);
          ipcMain.handle(channel, () => answer ?? new Promise(() => undefined));
        },
        [toCommandChannel('files', command), result] as const,
      ),
  };
}
