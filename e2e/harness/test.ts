import { test as base, expect, type TestInfo } from '@playwright/test';
import type { FilesWindow } from '../pages/files-window.ts';
import { type LocalServer, startServer } from '../server/server.ts';
import { type LaunchOptions, launchApp, type RunningApp } from './launch-app.ts';
import { createProblemLog, type ProblemLog } from './problems.ts';
import { createProfile, type Profile, UNDO_MS } from './profile.ts';
import { createSharedApp, type SharedApp, type WindowOptions } from './shared-app.ts';

export { expect };

/** What every test of the window has at hand. */
export interface Fixtures {
  /** A local OpenRouter of the test's own, empty. */
  readonly server: LocalServer;
  /** Fresh folders, removed after the test. */
  readonly profile: Profile;
  /** Console errors and logged errors fail the test, unless it expects them. */
  readonly problems: ProblemLog;
  /** Launches an app of the test's own in its profile; every app is quit after the test. Slow: for what starts, quits or crashes. */
  readonly launch: (options?: LaunchOptions) => Promise<RunningApp>;
  /** Launches an app of the test's own with a key in the environment and gives its main window. */
  readonly launchFiles: (options?: LaunchOptions) => Promise<OpenWindow>;
  /** Connects the worker's app to the test's server and gives its main window. */
  readonly openFiles: (options?: WindowOptions) => Promise<OpenWindow>;
  /** Gives the window of the worker's app that asks for a key. */
  readonly openConnect: SharedApp['openConnect'];
  /** The worker's app, which is made as good as new after the test. */
  readonly lentApp: SharedApp;
}

/** The main window of an app. */
export type OpenWindow = FilesWindow & { readonly app: RunningApp };

/** What a worker has for all its tests. */
export interface WorkerFixtures {
  /** A virtual display of the worker's own, as apps of one display share its clipboard; null where there is none. */
  readonly display: string | null;
  /** The app that its tests share. */
  readonly sharedApp: SharedApp;
}

/** Playwright's test, with {@link Fixtures}. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  display: [
    // biome-ignore lint/correctness/noEmptyPattern: see below.
    async ({}, use, { parallelIndex }) => {
      // Named by build/e2e.mjs.
      const displays = process.env['WORKER_DISPLAYS']?.split(' ') ?? [];
      const display = displays[parallelIndex % displays.length];
      if (display !== undefined) process.env['DISPLAY'] = display;
      await use(display ?? null);
    },
    { scope: 'worker', auto: true },
  ],
  sharedApp: [
    // Of the display, which must be named before the app starts.
    async ({ display: _ }, use) => {
      const app = createSharedApp();
      await use(app);
      await app.end();
    },
    { scope: 'worker' },
  ],
  // Playwright reads a fixture's needs from the pattern of its first argument, an empty one included.
  // biome-ignore lint/correctness/noEmptyPattern: see above.
  server: async ({}, use) => {
    const server = await startServer();
    await use(server);
    await server.close();
  },
  // biome-ignore lint/correctness/noEmptyPattern: see above.
  profile: async ({}, use) => {
    const profile = await createProfile({ undoSeconds: UNDO_MS / 1000 });
    await use(profile);
    await profile.remove();
  },
  // biome-ignore lint/correctness/noEmptyPattern: see above.
  problems: async ({}, use, testInfo) => {
    const problems = createProblemLog();
    await use(problems);
    // A failed test has told what is wrong already.
    if (testInfo.status === testInfo.expectedStatus) problems.check();
  },
  launch: async ({ profile, server, problems }, use, testInfo) => {
    const apps: RunningApp[] = [];
    await use(async (options) => {
      const app = await launchApp({ profile, server, onProblem: problems.add }, options);
      apps.push(app);
      return app;
    });
    if (testInfo.status !== testInfo.expectedStatus) await attachEvidence(apps, testInfo);
    for (const app of apps) await app.quit();
  },
  launchFiles: async ({ launch }, use) => {
    await use(async (options) => {
      const app = await launch(options);
      return { ...(await app.filesWindow()), app };
    });
  },
  lentApp: async ({ sharedApp, problems }, use, testInfo) => {
    sharedApp.tellProblemsTo(problems.add);
    await use(sharedApp);
    const hasFailed = testInfo.status !== testInfo.expectedStatus;
    const app = sharedApp.running();
    if (hasFailed && app) await attachEvidence([app], testInfo);
    await sharedApp.clean(hasFailed);
  },
  openFiles: ({ lentApp, server }, use) => use((options) => lentApp.open(server, options)),
  openConnect: ({ lentApp }, use) => use(lentApp.openConnect),
});

async function attachEvidence(apps: readonly RunningApp[], testInfo: TestInfo): Promise<void> {
  for (const [index, app] of apps.entries()) {
    await testInfo.attach(`output-${index + 1}.txt`, { body: app.output(), contentType: 'text/plain' });
    for (const [windowIndex, page] of app.pages().entries()) {
      // The page may be what hangs: then there is no picture, and the test's own error must still be told.
      const body = await page.screenshot({ timeout: 3000 }).catch(() => null);
      const name = `window-${index + 1}-${windowIndex + 1}.png`;
      if (body) await testInfo.attach(name, { body, contentType: 'image/png' });
    }
  }
}
