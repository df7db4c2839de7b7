/** Draws ICON_SVG in a transparent window and writes its picture to ICON_PNG; started by render-icon.mjs. */
import { readFileSync, writeFileSync } from 'node:fs';
import { app, BrowserWindow } from 'electron';

const sizePixels = 1024;
app.commandLine.appendSwitch('force-device-scale-factor', '1');
app.whenReady().then(render, fail);

async function render() {
  try {
    const window = new BrowserWindow({
      width: sizePixels,
      height: sizePixels,
      useContentSize: true,
      frame: false,
      show: false,
      transparent: true,
      webPreferences: { offscreen: true },
    });
    const svg = readFileSync(process.env.ICON_SVG, 'utf8');
    const page = `<style>body{margin:0;overflow:hidden}svg{display:block}</style>${svg}`;
    await window.loadURL(`data:text/html;charset=utf-8,${encodeURIComponent(page)}`);
    const picture = await window.webContents.capturePage({
      x: 0,
      y: 0,
      width: sizePixels,
      height: sizePixels,
    });
    const { width, height } = picture.getSize();
    if (width !== sizePixels || height !== sizePixels) throw new Error(`The picture is ${width} × ${height}`);
    writeFileSync(process.env.ICON_PNG, picture.toPNG());
    app.exit(0);
  } catch (error) {
    fail(error);
  }
}

function fail(error) {
  process.stderr.write(`${error.stack}\n`);
  app.exit(1);
}
