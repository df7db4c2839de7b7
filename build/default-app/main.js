/**
 * What `electron PATH` needs in an Electron that comes without its default app: reads the application's
 * package.json, takes over its name and version, and loads its main. Top-level await, so that `ready`
 * waits for the application's own code, as it does in the official default app.
 */
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const { preloads, target } = readArguments(process.argv.slice(1));
// `-r FILE` is how Playwright gets its loader in; Electron leaves it to the default app.
for (const preload of preloads) createRequire(import.meta.url)(resolve(preload));
if (target === undefined) throw new Error('Usage: electron PATH-OF-APPLICATION');
await load(resolve(target));

function readArguments(args) {
  const preloads = [];
  for (let index = 0; index < args.length; index += 1) {
    const argument = args[index];
    if (argument === '-r' || argument === '--require') preloads.push(args[++index]);
    else if (!argument.startsWith('-')) return { preloads, target: argument };
  }
  return { preloads, target: undefined };
}

async function load(path) {
  const folder = statSync(path).isDirectory() ? path : dirname(path);
  let entry = path;
  if (folder === path) {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    if (manifest.version) app.setVersion(manifest.version);
    app.name = manifest.productName ?? manifest.name ?? app.name;
    if (manifest.desktopName) app.setDesktopName(manifest.desktopName);
    app.setAppPath(folder);
    entry = join(folder, manifest.main ?? 'index.js');
  }
  process.defaultApp = true;
  await import(pathToFileURL(entry).href);
}
