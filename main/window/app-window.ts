import { join } from 'node:path';
import {
  BrowserWindow,
  type BrowserWindowConstructorOptions,
  nativeTheme,
  session,
  type WebContents,
} from 'electron';
import type { BridgeName } from '#app/contract/bridge.ts';
import type { CallEvent } from '../ipc/register-bridge.ts';
import { serveAppScheme, toAppOrigin } from '../security/app-scheme.ts';
import { lockSession } from '../security/lock-session.ts';

/** A window of this app: one page of ours in a session, and so a process, of its own. */
export interface AppWindow {
  readonly browserWindow: BrowserWindow;
  /** Whether a call comes from this window's main frame, showing our own page. */
  readonly isTrustedSender: (event: CallEvent) => boolean;
  /** Sends to the page; does nothing when the window is gone. */
  readonly send: (channel: string, payload: unknown) => void;
}

/** The windows' background before their pages are painted: the colours of `renderer/ui/tokens.css`. */
const BACKGROUND = { light: '#ffffff', dark: '#1b1d22' } as const;

const MIN_REVIVAL_INTERVAL_MS = 10_000;

const preparedSessions = new WeakSet<Electron.Session>();

/** Opens a window when its page is ready to be shown. */
export function openAppWindow(
  bridge: BridgeName,
  options: BrowserWindowConstructorOptions,
  onFailure: (cause: unknown) => void,
): AppWindow {
  const browserWindow = new BrowserWindow({
    ...options,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: {
      // Without the "persist:" prefix a partition lives in memory. The main window keeps its view settings.
      session: toPreparedSession(bridge),
      preload: join(import.meta.dirname, `../preload/${bridge}.cjs`),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
      navigateOnDragDrop: false,
      disableDialogs: true,
    },
  });
  browserWindow.once('ready-to-show', () => browserWindow.show());
  const page = bridge === 'files' ? 'index.html' : 'connect.html';
  const { webContents } = browserWindow;
  reviveCrashedPage(webContents, onFailure);
  webContents.on('did-fail-load', (_event, code, description, url) => {
    onFailure(new Error(`${url} did not load: ${description} (${code})`));
  });
  // It also rejects when the window is closed while it loads, which is no failure; the event above tells those.
  webContents.loadURL(`${toAppOrigin(bridge)}/${page}`).catch(() => undefined);
  return {
    browserWindow,
    isTrustedSender: ({ senderFrame }) =>
      !browserWindow.isDestroyed() &&
      senderFrame !== null &&
      senderFrame === webContents.mainFrame &&
      webContents.mainFrame.origin === toAppOrigin(bridge),
    send: (channel, payload) => {
      if (!browserWindow.isDestroyed()) webContents.send(channel, payload);
    },
  };
}

/** A page whose process died is loaded again; one that dies again at once would do so for ever and is left. */
function reviveCrashedPage(contents: WebContents, onFailure: (cause: unknown) => void): void {
  let lastRevivalAt = 0;
  contents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    onFailure(new Error(`The window's process is gone: ${reason}`));
    if (Date.now() - lastRevivalAt < MIN_REVIVAL_INTERVAL_MS) return;
    lastRevivalAt = Date.now();
    // Not while Chromium is still taking the old process apart.
    setImmediate(() => {
      if (!contents.isDestroyed()) contents.reload();
    });
  });
}

function toPreparedSession(bridge: BridgeName): Electron.Session {
  const prepared = session.fromPartition(bridge === 'files' ? 'persist:files' : 'connect');
  if (!preparedSessions.has(prepared)) {
    preparedSessions.add(prepared);
    lockSession(prepared);
    serveAppScheme(prepared, bridge, join(import.meta.dirname, '../renderer'));
  }
  return prepared;
}
