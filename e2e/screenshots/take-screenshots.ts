import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { launchApp, type RunningApp } from '../harness/launch-app.ts';
import { createProfile } from '../harness/profile.ts';
import { startServer } from '../server/server.ts';
import type { Scene } from './scene.ts';
import { fillServer, SCENES } from './scenes.ts';

// `build/run-typescript.mjs e2e/screenshots/take-screenshots.ts [SCENE…]`, started by build/screenshots.mjs: every screen, light and dark,
// at both sizes. The connect window has one size only.

const SCHEMES = ['light', 'dark'] as const;
const SIZES = [
  { width: 1280, height: 800 },
  { width: 800, height: 600 },
] as const;
/** A fixed one, as the address is in the pictures. */
const PORT = 48_080;
/** A picture that is larger than this does not belong in a repository. */
const MAX_PICTURE_BYTES = 250_000;

const folder = join(fileURLToPath(new URL('../..', import.meta.url)), 'docs', 'screenshots');
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !SCENES.some((scene) => scene.name === name));
if (unknown.length > 0) {
  throw new Error(`Scenes are ${SCENES.map(({ name }) => name).join(', ')}; not ${unknown.join(', ')}`);
}
if (wanted.length === 0) await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
for (const scene of SCENES) {
  if (wanted.length === 0 || wanted.includes(scene.name)) await showScene(scene);
}

async function showScene(scene: Scene): Promise<void> {
  const server = await startServer({ port: PORT });
  fillServer(server);
  await scene.prepare?.(server);
  const profile = await createProfile();
  // Some scenes are of what went wrong, so problems are not counted here.
  const app = await launchApp({ profile, server, onProblem: () => undefined }, scene.launch);
  try {
    const page = await arrange(scene, { app, server, profile });
    for (const scheme of SCHEMES) await takePictures(scene, app, page, scheme);
  } finally {
    await app.quit();
    await profile.remove();
    await server.close();
  }
}

async function arrange(scene: Scene, stage: Parameters<Scene['arrange']>[1]): Promise<Page> {
  if (scene.window === 'connect') {
    const window = await stage.app.connectWindow();
    await scene.arrange(window, stage);
    return window.page;
  }
  const window = await stage.app.filesWindow();
  await resize(stage.app, window.page, SIZES[0]);
  await scene.arrange(window, stage);
  return window.page;
}

async function takePictures(
  scene: Scene,
  app: RunningApp,
  page: Page,
  scheme: (typeof SCHEMES)[number],
): Promise<void> {
  await app.electron.evaluate(({ nativeTheme }, source) => {
    nativeTheme.themeSource = source;
  }, scheme);
  await page.waitForFunction((name) => matchMedia(`(prefers-color-scheme: ${name})`).matches, scheme);
  if (scene.window === 'connect') {
    await page.mouse.move(0, 0);
    await takePicture(page, `${scene.name}-${scheme}.png`);
    return;
  }
  for (const size of SIZES) {
    await resize(app, page, size);
    // Out of the way of tooltips and highlights; while files are dragged the pointer is theirs.
    if (!scene.isDragging) await page.mouse.move(0, size.height - 1);
    await takePicture(page, `${scene.name}-${scheme}-${size.width}.png`);
  }
}

async function takePicture(page: Page, name: string): Promise<void> {
  const path = join(folder, name);
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  const { size } = await stat(path);
  process.stdout.write(`${name} (${Math.round(size / 1000)} kB)\n`);
  if (size > MAX_PICTURE_BYTES) throw new Error(`${name} is larger than ${MAX_PICTURE_BYTES} bytes`);
}

async function resize(app: RunningApp, page: Page, size: (typeof SIZES)[number]): Promise<void> {
  const window = await app.electron.browserWindow(page);
  await window.evaluate(
    (browserWindow, { width, height }) => browserWindow.setContentSize(width, height),
    size,
  );
  await page.waitForFunction(({ width, height }) => innerWidth === width && innerHeight === height, size);
  // Two frames: one to lay out, one to paint what depends on the layout (the rows of the table).
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
}
