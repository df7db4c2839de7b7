import { join } from 'node:path';
import { BrowserWindow, type BrowserWindowConstructorOptions, dialog, nativeTheme, session } from 'electron';
import type { BridgeName } from '#app/contract/bridge.ts';
import { nativeTexts } from '#app/texts/native-texts.ts';
import type { CallEvent } from '../ipc/register-bridge.ts';
import { serveAppScheme, toAppOrigin } from '../security/app-scheme.ts';
import { lockToOwnPages } from '../security/lock-session.ts';
import { revivePage } from './revive-page.ts';
import { showWhenReady } from './show-window.ts';

/** A window of this app: one page of ours in a session, and so a process, of its own. */
export interface AppWindow {
  readonly browserWindow: BrowserWindow;
  /** Whether a call comes from this window's main frame, showing our own page. */
  readonly isTrustedSender: (event: CallEvent) => boolean;
  /** Sends to the page; does nothing when the window is gone. */
  readonly send: (channel: string, payload: unknown) => void;
  /** Shows the window in front of others, whatever state it is in, and loads its page again if that is dead. */
  readonly bringToFront: () => void;
}

/** The windows' background before their pages are painted: the colours of `renderer/ui/tokens.css`. */
const BACKGROUND = { light: '#ffffff', dark: '#1b1d22' } as const;

const preparedSessions = new WeakSet<Electron.Session>();

/** Opens a window, which is shown when there is something to see or after a moment. */
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
      // Pickers for whole folders and for places to write to; the upload button needs none of them.
      disableBlinkFeatures: 'FileSystemAccessLocal',
    },
  });
  const url = `${toAppOrigin(bridge)}/${bridge === 'files' ? 'index.html' : 'connect.html'}`;
  const { webContents } = browserWindow;
  // It also rejects when the window is closed while it loads, which is no failure; an event tells those.
  const load = () => void webContents.loadURL(url).catch(() => undefined);
  showWhenReady(browserWindow);
  const revival = revivePage({
    contents: webContents,
    url,
    load,
    ask: () => askToReload(browserWindow),
    onFailure,
  });
  load();
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
    bringToFront: () => {
      if (browserWindow.isMinimized()) browserWindow.restore();
      browserWindow.show();
      revival.reviveIfDead();
    },
  };
}

/** Asks in a dialog of the system's, as the page that would ask is the one that is dead. */
async function askToReload(window: BrowserWindow): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: nativeTexts.pageDiedTitle,
    detail: nativeTexts.pageDiedText,
    buttons: [nativeTexts.reloadButton, nativeTexts.notNowButton],
    defaultId: 0,
    cancelId: 1,
  });
  return response === 0;
}

function toPreparedSession(bridge: BridgeName): Electron.Session {
  const prepared = session.fromPartition(bridge === 'files' ? 'persist:files' : 'connect');
  if (!preparedSessions.has(prepared)) {
    preparedSessions.add(prepared);
    lockToOwnPages(prepared);
    serveAppScheme(prepared, bridge, join(import.meta.dirname, '../renderer'));
  }
  return prepared;
}
