import { join } from 'node:path';
import { app, type BrowserWindow, ipcMain } from 'electron';
import type { ConnectCommands, ConnectEvents } from '#app/contract/connect-contract.ts';
import type { FilesCommands, FilesEvents } from '#app/contract/files-contract.ts';
import { connectCommandSchemas, filesCommandSchemas, filesEventSchemas } from '#app/contract/schemas.ts';
import { nativeTexts } from '#app/texts/native-texts.ts';
import { type CommandHandlers, type EmitEvent, registerBridge } from '../ipc/register-bridge.ts';
import type { Log } from '../security/log.ts';
import { type AppWindow, openAppWindow } from './app-window.ts';
import { keepWindowState, readWindowState } from './window-state.ts';

/** What the windows are made of. */
export interface WindowsParts {
  readonly filesHandlers: CommandHandlers<FilesCommands>;
  readonly connectHandlers: CommandHandlers<ConnectCommands>;
  /** Whether the main window, asked to close by a person, must stay for now. */
  readonly keepsFilesWindow: () => boolean;
  readonly log: Log;
}

/** The app's two windows, of which one is open at a time. */
export interface Windows {
  /** Opens the main window, or brings it to the front, and closes the connect window. */
  showFiles(): void;
  /** Opens the connect window, or brings it to the front, and closes the main window. */
  showConnect(): void;
  /** Brings whatever is open to the front, hidden or with a dead page as it may be. */
  focus(): void;
  readonly emit: EmitEvent<FilesEvents>;
  /** The main window, for dialogs that belong to it; undefined while it is closed. */
  filesWindow(): BrowserWindow | undefined;
}

/** Registers both bridges; no window is opened yet. */
export function createWindows({
  filesHandlers,
  connectHandlers,
  keepsFilesWindow,
  log,
}: WindowsParts): Windows {
  let files: AppWindow | undefined;
  let connect: AppWindow | undefined;
  const onFailure = (cause: unknown) => {
    log.unexpected('window', cause);
  };

  const { emit } = registerBridge<FilesCommands, FilesEvents>({
    bridge: 'files',
    port: ipcMain,
    isTrustedSender: (event) => files?.isTrustedSender(event) ?? false,
    commandSchemas: filesCommandSchemas,
    eventSchemas: filesEventSchemas,
    handlers: filesHandlers,
    send: (channel, payload) => files?.send(channel, payload),
    logUnexpected: log.unexpected,
  });
  registerBridge<ConnectCommands, ConnectEvents>({
    bridge: 'connect',
    port: ipcMain,
    isTrustedSender: (event) => connect?.isTrustedSender(event) ?? false,
    commandSchemas: connectCommandSchemas,
    eventSchemas: {},
    handlers: connectHandlers,
    send: (channel, payload) => connect?.send(channel, payload),
    logUnexpected: log.unexpected,
  });

  const showFiles = () => {
    if (files) files.bringToFront();
    else {
      files = openFilesWindow(onFailure);
      files.browserWindow.on('close', (event) => {
        // On macOS an app, and its transfers, live on without a window.
        const isLast = process.platform !== 'darwin' && !connect;
        if (isLast && keepsFilesWindow()) event.preventDefault();
      });
      files.browserWindow.once('closed', () => {
        files = undefined;
      });
    }
    // The page that held the key ends with its process; the other window is open, so the app goes on.
    connect?.browserWindow.destroy();
  };
  const showConnect = () => {
    if (connect) connect.bringToFront();
    else {
      connect = openConnectWindow(onFailure);
      connect.browserWindow.once('closed', () => {
        connect = undefined;
      });
    }
    files?.browserWindow.close();
  };
  return {
    showFiles,
    showConnect,
    emit,
    focus: () => (files ?? connect)?.bringToFront(),
    filesWindow: () => files?.browserWindow,
  };
}

function openFilesWindow(onFailure: (cause: unknown) => void): AppWindow {
  const statePath = join(app.getPath('userData'), 'window-state.json');
  const { isMaximized, ...bounds } = readWindowState(statePath);
  const options = { ...bounds, minWidth: 640, minHeight: 480, title: app.getName() };
  const window = openAppWindow('files', options, onFailure);
  if (isMaximized) window.browserWindow.maximize();
  keepWindowState(statePath, window.browserWindow, onFailure);
  return window;
}

function openConnectWindow(onFailure: (cause: unknown) => void): AppWindow {
  const options = {
    width: 480,
    height: 580,
    useContentSize: true,
    resizable: false,
    fullscreenable: false,
    title: nativeTexts.connectTitle,
  };
  return openAppWindow('connect', options, onFailure);
}
