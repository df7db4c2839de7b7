/**
 * What the app would be without its locks: a window whose session has a proxy that is not there. It runs the script of
 * the variable PAGE_SCRIPT in its page; who started it ends it.
 */
import { app, BrowserWindow, session } from 'electron';

async function start() {
  const pages = session.fromPartition('plain');
  await pages.setProxy({ proxyRules: 'socks5://127.0.0.1:1', proxyBypassRules: '<-loopback>' });
  const { webContents } = new BrowserWindow({ webPreferences: { session: pages, sandbox: true } });
  await webContents.loadURL('data:text/html,<title>plain</title><body>plain');
  await webContents.executeJavaScript(process.env.PAGE_SCRIPT);
}

// Not awaited: Electron is ready only when this module has been run to its end.
void app.whenReady().then(start);
