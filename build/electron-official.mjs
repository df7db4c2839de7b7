import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cacheFolder } from './cache-folder.mjs';
import { projectRoot, run, say } from './process.mjs';

const packageFolder = join(projectRoot, 'node_modules', 'electron');
const hourMs = 3_600_000;
const retryAfterMs = 24 * hourMs;
/** Far above any real download; only there so that a stalled connection ends in words. */
const downloadLimitMs = 20 * 60_000;

/**
 * Gives the Electron that package.json declares, downloading its binary with Electron's own installer on first
 * use (its npm package has no install script). A failed download is remembered for a day when
 * `isFailureRemembered`, so that later commands on the same machine start at once; it is printed each time.
 * @returns {Promise<{ executablePath: string, distPath: string, version: string, source: string } | undefined>}
 * undefined when it is not here and cannot be downloaded
 */
export async function findOfficialElectron({ isInstallAllowed = true, isFailureRemembered = false } = {}) {
  const version = await declaredVersion();
  if (version === undefined) return undefined;
  const present = await installedElectron(version);
  if (present || !isInstallAllowed) return present;

  const failureFile = join(cacheFolder(), `electron-${version}-download-failed.json`);
  const failure = isFailureRemembered ? await recentFailure(failureFile) : undefined;
  if (failure) {
    say(
      `Electron ${version}: not downloadable ${failure.when} (${failure.reason}); delete ${failureFile} to retry.`,
    );
    return undefined;
  }
  say(`Downloading Electron ${version} …`);
  const { code, output } = await run(process.execPath, [join(packageFolder, 'install.js')], {
    echo: false,
    timeoutMs: downloadLimitMs,
  });
  const installed = code === 0 ? await installedElectron(version) : undefined;
  if (installed) {
    await rm(failureFile, { force: true });
    return installed;
  }
  const reason = failureReason(output);
  say(`Electron ${version} could not be downloaded: ${reason}.`);
  if (isFailureRemembered) {
    await mkdir(dirname(failureFile), { recursive: true });
    await writeFile(failureFile, JSON.stringify({ failedAtMs: Date.now(), reason }));
  }
  return undefined;
}

/** The executable inside an official distribution, by platform (the same table as in Electron's installer). */
export function executableIn(distPath, platform = process.platform) {
  if (platform === 'darwin') return join(distPath, 'Electron.app', 'Contents', 'MacOS', 'Electron');
  return join(distPath, platform === 'win32' ? 'electron.exe' : 'electron');
}

/** The first line of the installer's output that says something, short enough for one line. */
export function failureReason(output) {
  const line = output.split('\n').find((text) => /error|ENOTFOUND|ECONN|timed? ?out|HTTP/i.test(text));
  return (line ?? 'no reason given')
    .trim()
    .replace(/^.*?Error: /, '')
    .slice(0, 160);
}

async function declaredVersion() {
  try {
    return JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8')).version;
  } catch {
    return undefined;
  }
}

async function installedElectron(version) {
  const distPath = join(packageFolder, 'dist');
  const executablePath = executableIn(distPath);
  try {
    const installedVersion = await readFile(join(distPath, 'version'), 'utf8');
    if (installedVersion.trim().replace(/^v/, '') !== version) return undefined;
    await stat(executablePath);
    return { executablePath, distPath, version, source: 'official' };
  } catch {
    return undefined;
  }
}

async function recentFailure(file) {
  try {
    const { failedAtMs, reason } = JSON.parse(await readFile(file, 'utf8'));
    const ageMs = Date.now() - failedAtMs;
    if (!(ageMs >= 0 && ageMs < retryAfterMs)) return undefined;
    return { reason, when: `${Math.round(ageMs / hourMs)} h ago` };
  } catch {
    return undefined;
  }
}
