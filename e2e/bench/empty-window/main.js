/** The least that an Electron app can be: what start and memory of the real one are compared with. */
import { join } from 'node:path';
import { app, BrowserWindow } from 'electron';

// Not awaited: Electron is ready only when this module has been run to its end.
void app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    show: false,
    webPreferences: { sandbox: true },
  });
  window.once('ready-to-show', () => {
    process.stdout.write(`ready-to-show ${Date.now()}\n`);
    window.show();
  });
  return window.loadFile(join(import.meta.dirname, 'index.html'));
});
app.on('window-all-closed', () => app.quit());
