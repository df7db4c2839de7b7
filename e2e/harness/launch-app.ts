import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { type ConnectWindow, createConnectWindow } from '../pages/connect-window.ts';
import { createFilesWindow, type FilesWindow } from '../pages/files-window.ts';
import type { LocalServer } from '../server/server.ts';
import { noteAppStart } from './note-app-start.ts';
import { type AddProblem, readLogFile, watchApp } from './problems.ts';
import type { Profile } from './profile.ts';

/** How an app is launched; what is left out is as on a person's computer with a key in the environment. */
export interface LaunchOptions {
  /** Gives the app the server's key in the environment; false is a start without one. True unless told. */
  readonly hasKeyInEnvironment?: boolean;
  /** Whether the app can reach the Secret Service (Linux). True unless told. */
  readonly hasKeychain?: boolean;
  readonly colorScheme?: 'light' | 'dark';
  /** Size of the window's content, in pixels. */
  readonly size?: { readonly width: number; readonly height: number };
  /** More variables for the app's environment. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** A running app. */
export interface RunningApp {
  readonly electron: ElectronApplication;
  /** Waits for the main window. */
  filesWindow(): Promise<FilesWindow>;
  /** Waits for the connect window. */
  connectWindow(): Promise<ConnectWindow>;
  /** Pages of all windows that are open. */
  pages(): readonly Page[];
  /** Whether its process is gone. */
  hasEnded(): boolean;
  /** Puts what the app has written to its log since the last time among the problems. */
  readLog(): Promise<void>;
  /** What the app has written to its standard output and standard error so far. */
  output(): string;
  /** Quits as a person does; resolves when the process is gone. A second call does nothing. */
  quit(): Promise<void>;
}

/** What a launch needs of its test. */
export interface LaunchParts {
  readonly profile: Profile;
  /** Whose key the environment holds. */
  readonly server: Pick<LocalServer, 'apiKey' | 'baseUrl'>;
  readonly onProblem: AddProblem;
}

const playwrightLoader = join(
  dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')),
  'lib/server/electron/loader.js',
);
const projectFolder = fileURLToPath(new URL('../..', import.meta.url));

/** Starts the compiled app; resolves when its first window is there, which may not have loaded its page yet. */
export async function launchApp(parts: LaunchParts, options: LaunchOptions = {}): Promise<RunningApp> {
  const { profile, onProblem } = parts;
  const electron = await _electron.launch({
    executablePath: findExecutable(),
    args: [
      // Holds the app until Playwright is attached. Playwright adds it itself only to an Electron that it has found
      // itself; without it a window that opens meanwhile now and then leaves the launch hanging.
      '-r',
      playwrightLoader,
      `--user-data-dir=${profile.userDataFolder}`,
      '--lang=en-US',
      // The pages' consoles, from their first line on, go to standard error.
      '--enable-logging=stderr',
      // A virtual display has no graphics card, which Chromium would find out by a process that fails.
      ...(process.platform === 'linux' ? ['--disable-gpu'] : []),
      projectFolder,
    ],
    env: toEnvironment(parts, options),
    // As root, Chromium's sandbox cannot be used.
    chromiumSandbox: process.getuid?.() !== 0,
    // Playwright would otherwise claim a light scheme whatever the app says.
    colorScheme: null,
  });
  noteAppStart();
  watchApp(electron, onProblem);
  const output = collectOutput(electron);
  let hasEnded = false;
  const exited = new Promise<void>((resolve) =>
    electron.process().once('exit', () => {
      hasEnded = true;
      resolve();
    }),
  );
  // Before there is a window main's event loop does not turn yet, and what is evaluated there may never be answered.
  await electron.firstWindow();
  const logFolder = await setUpMain(electron, options.colorScheme ?? 'light');

  const findPage = async (host: 'files' | 'connect'): Promise<Page> => {
    const isWanted = (page: Page) => page.url().startsWith(`app://${host}/`);
    const page = electron.windows().find(isWanted) ?? (await electron.waitForEvent('window', isWanted));
    await page.waitForLoadState('load');
    await whenDrawn(page);
    if (options.size) await resize(electron, page, options.size);
    return page;
  };
  let readCharacters = 0;
  const readLog = async () => {
    readCharacters = await readLogFile(join(logFolder, 'main.log'), readCharacters, onProblem);
  };
  let quitting: Promise<void> | null = null;
  const quit = async () => {
    await answerQuitQuestion(electron);
    await Promise.all([electron.close(), exited]);
    await readLog();
  };
  return {
    electron,
    filesWindow: async () => createFilesWindow(await findPage('files')),
    connectWindow: async () => createConnectWindow(await findPage('connect')),
    pages: () => electron.windows(),
    hasEnded: () => hasEnded,
    readLog,
    output,
    quit: () => {
      quitting ??= quit();
      return quitting;
    },
  };
}

/** Chromium drops input until a page's first frame, as no person could have meant it (crrev.com/687220). */
async function whenDrawn(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
}

/**
 * Sets the colour scheme, and answers the folder of the log. While main starts it makes much garbage, and V8 holds the
 * answer it owes an inspector weakly: it may collect it and say so (playwright#33737). What was asked for was done all
 * the same and may be done twice, so it is asked for again; the app has no part in that.
 */
async function setUpMain(electron: ElectronApplication, colorScheme: 'light' | 'dark'): Promise<string> {
  for (;;) {
    try {
      return await electron.evaluate(({ app, nativeTheme }, scheme) => {
        nativeTheme.themeSource = scheme;
        return app.getPath('logs');
      }, colorScheme);
    } catch (cause) {
      if (!String(cause).includes('Resulting promise was garbage collected')) throw cause;
    }
  }
}

/** Lets the app quit while work is under way, as a person who chooses "Stop and quit", or "Quit" where that is all. */
async function answerQuitQuestion(electron: ElectronApplication): Promise<void> {
  // The app may have ended already, by its test's own doing.
  await electron
    .evaluate(({ dialog }) => {
      // With the window before the options, or without.
      dialog.showMessageBox = async (...parameters: readonly unknown[]) => {
        const options = parameters.at(-1);
        const buttons = options instanceof Object && 'buttons' in options ? options.buttons : [];
        const names: readonly unknown[] = Array.isArray(buttons) ? buttons : [];
        const response = names.findIndex((name) => name === 'Stop and quit' || name === 'Quit');
        return { response, checkboxChecked: false };
      };
    })
    .catch(() => undefined);
}

function findExecutable(): string {
  const path = process.env['ELECTRON_EXECUTABLE'];
  if (!path) throw new Error('ELECTRON_EXECUTABLE must name the Electron to test with; `npm test` sets it');
  return path;
}

function toEnvironment({ profile, server }: LaunchParts, options: LaunchOptions): Record<string, string> {
  // What this process runs under must neither change the app nor give it a key.
  const foreign = /^(OPENROUTER_|NODE_OPTIONS$|ELECTRON_|FORCE_COLOR$|DEBUG$|npm_)/;
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !foreign.test(entry[0]),
  );
  const { hasKeyInEnvironment = true, hasKeychain = true, environment } = options;
  return {
    ...Object.fromEntries(inherited),
    TZ: 'UTC',
    // Without a UTF-8 locale, as in a bare container, Chromium reads no other names than ASCII from the disk.
    ...(process.platform === 'linux' ? { ...toHome(profile.homeFolder), LC_ALL: 'C.UTF-8' } : {}),
    ...(hasKeychain ? {} : { DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(profile.folder, 'no-bus')}` }),
    ...(hasKeyInEnvironment
      ? { OPENROUTER_API_KEY: server.apiKey, OPENROUTER_BASE_URL: server.baseUrl }
      : {}),
    ...environment,
  };
}

/** A home of its own keeps apps apart; on macOS the keychain is looked for in the home, so it must stay. */
function toHome(home: string): Record<string, string> {
  return {
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_CACHE_HOME: join(home, '.cache'),
    XDG_DATA_HOME: join(home, '.local', 'share'),
  };
}

function collectOutput(electron: ElectronApplication): () => string {
  const chunks: Buffer[] = [];
  const { stdout, stderr } = electron.process();
  for (const stream of [stdout, stderr]) stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString('utf8');
}

/** Gives a window's content a size, in pixels. */
export async function resize(
  electron: ElectronApplication,
  page: Page,
  size: { readonly width: number; readonly height: number },
): Promise<void> {
  const window = await electron.browserWindow(page);
  await window.evaluate(
    (browserWindow, { width, height }) => browserWindow.setContentSize(width, height),
    size,
  );
}
