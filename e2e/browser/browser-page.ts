import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, type CDPSession, chromium, type Page } from '@playwright/test';
import { build } from 'vite';
import { type MainParts, type OpenMain, openMain } from './open-main.ts';
import type { PageBindings } from './page-bindings.ts';
import { servePage } from './page-server.ts';

/** The window's page in a browser, which stays open from test to test. */
export interface BrowserPage {
  readonly page: Page;
  /** Opens a server's files in the page, as a start of the app does. */
  open(parts: Omit<MainParts, 'send'>): Promise<OpenMain>;
  /** Ends main's part and leaves the page, as a quit does; what the page has stored stays. */
  leave(): Promise<void>;
  /** Makes the page as good as new for the next test. */
  clean(): Promise<void>;
  close(): Promise<void>;
}

const projectFolder = fileURLToPath(new URL('../..', import.meta.url));
/** The content of the app's window when it is opened first. */
const VIEWPORT = { width: 1280, height: 800 };

/** Starts the browser at a path, with the window's page in it. */
export async function startBrowserPage(executablePath: string): Promise<BrowserPage> {
  const [server, browser, preload] = await Promise.all([
    servePage(join(projectFolder, 'out', 'renderer')),
    startBrowser(executablePath),
    bundlePreload(),
  ]);
  const context = await browser.newContext({
    viewport: VIEWPORT,
    locale: 'en-US',
    timezoneId: 'UTC',
    colorScheme: null,
  });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  // Intercepts file choosers from the start: a test that waits for one might switch that on too late.
  page.on('filechooser', () => undefined);
  let main: OpenMain | null = null;
  await page.exposeBinding('invokeMain', async (_source, channel: string, input: string | null) => {
    // A page that is being left may still ask.
    if (!main) return new Promise<string>(() => undefined);
    return JSON.stringify(await main.invoke(channel, input === null ? undefined : JSON.parse(input)));
  });
  await page.exposeBinding('findGivenPaths', async () => JSON.stringify(await findGivenPaths(page, session)));
  await page.addInitScript({ content: preload });

  const leave = async () => {
    const closing = main;
    main = null;
    await page.goto('about:blank');
    await closing?.close();
  };
  return {
    page,
    open: async (parts) => {
      main = await openMain({ ...parts, send: (channel, payload) => deliver(page, channel, payload) });
      await page.goto(server.url);
      return main;
    },
    leave,
    clean: async () => {
      await leave();
      await session.send('Storage.clearDataForOrigin', {
        origin: new URL(server.url).origin,
        storageTypes: 'all',
      });
      await page.emulateMedia({ colorScheme: null, reducedMotion: null, forcedColors: null });
      await page.setViewportSize(VIEWPORT);
    },
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}

function startBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    // As root, Chromium's sandbox cannot be used.
    chromiumSandbox: process.getuid?.() !== 0,
    args: [
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

async function bundlePreload(): Promise<string> {
  const entry = fileURLToPath(new URL('./page-preload.ts', import.meta.url));
  const outputs = await build({
    configFile: false,
    logLevel: 'warn',
    build: { write: false, rolldownOptions: { input: entry, output: { format: 'iife' } } },
  });
  const [output] = Array.isArray(outputs) ? outputs : [outputs];
  if (!output || !('output' in output)) throw new Error('The preload script was not bundled');
  return output.output.map((part) => (part.type === 'chunk' ? part.code : '')).join('');
}

/** What is told to a page that is being left is lost, as in the app. */
function deliver(page: Page, channel: string, payload: unknown): void {
  page
    .evaluate(
      ([name, text]) => (globalThis as unknown as Partial<PageBindings>).deliverFromMain?.(name, text),
      [channel, JSON.stringify(payload)] as const,
    )
    .catch(() => undefined);
}

/** Chromium tells the path of a `File` to whoever debugs it: what `webUtils.getPathForFile` is in the app. */
async function findGivenPaths(page: Page, session: CDPSession) {
  const names = await page.evaluate(() =>
    (globalThis as unknown as PageBindings).givenFiles.map(({ name }) => name),
  );
  const paths: string[] = [];
  const withoutPath: string[] = [];
  for (const [index, name] of names.entries()) {
    const { result } = await session.send('Runtime.evaluate', { expression: `givenFiles[${index}]` });
    const { path } = await session.send('DOM.getFileInfo', { objectId: result.objectId ?? '' });
    if (path === '') withoutPath.push(name);
    else paths.push(path);
  }
  return { paths, withoutPath };
}
