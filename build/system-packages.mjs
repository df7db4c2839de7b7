/**
 * The Debian packages that Electron, its virtual display and a keychain need. As root they are installed;
 * otherwise the command to type is printed. Run by name (`node build/system-packages.mjs [PURPOSE]`) it does
 * only this, which is what a CI machine runs as root.
 */
import { spawnSync } from 'node:child_process';
import { hasCommand, isStartedScript, PlainError, run, runAsScript, say } from './process.mjs';

// Each entry lists the names of one package over the releases of Debian and Ubuntu, newest first.
const libraries = [
  ['libnss3'],
  ['libatk1.0-0t64', 'libatk1.0-0'],
  ['libatk-bridge2.0-0t64', 'libatk-bridge2.0-0'],
  ['libcups2t64', 'libcups2'],
  ['libgtk-3-0t64', 'libgtk-3-0'],
  ['libgbm1'],
  ['libasound2t64', 'libasound2'],
  ['libxss1'],
  ['libxtst6'],
  ['libsecret-1-0'],
];
const virtualDisplay = [['xvfb'], ['xauth']];
const keychain = [['dbus'], ['dbus-x11'], ['gnome-keyring']];
/** What makes certificates for tests over TLS. */
const certificates = [['openssl']];
const archiver = [['p7zip-full', '7zip']];

/** What each command needs from the system; `window` alone is enough to run the app on a desktop. */
export const systemPackages = {
  build: [],
  window: libraries,
  display: [...libraries, ...virtualDisplay],
  test: [...libraries, ...virtualDisplay, ...keychain, ...certificates],
  package: [...libraries, ...archiver],
};

/** What only some tests need, which are skipped without it: installed where that can be done without asking. */
export const optionalPackages = {
  test: [['chromium-headless-shell', 'chromium'], ['weston'], ['iproute2']],
};

/**
 * Makes sure that the system has what `purpose` (a key of systemPackages) needs; does nothing on macOS and
 * Windows, which bring it. On a Linux that is not Debian's kind it says in words what is not found.
 */
export async function ensureSystemPackages(purpose) {
  const entries = systemPackages[purpose];
  if (process.platform !== 'linux' || entries.length === 0) return;
  if (!hasCommand('dpkg-query')) {
    checkOtherLinux(purpose);
    return;
  }
  const missing = findMissing(entries);
  const isRoot = process.getuid?.() === 0;
  if (missing.length > 0 && !isRoot) {
    const names = missing.map((names) => pickAvailable(names));
    throw new PlainError(
      `These system packages are missing. Install them and start again:\n  sudo apt-get install -y ${names.join(' ')}`,
    );
  }
  if (missing.length > 0) await installAsRoot(missing);
  const wished = isRoot ? findMissing(optionalPackages[purpose] ?? []) : [];
  // One by one: a release that lacks one of them may have the others.
  for (const names of wished) await installAsRoot([names]).catch((error) => say(error.message));
}

function findMissing(entries) {
  return entries.length === 0 ? [] : missingEntries(entries, installedPackages(entries.flat()));
}

/** The entries of which no name is installed. */
export function missingEntries(entries, installed) {
  return entries.filter((names) => !names.some((name) => installed.has(name)));
}

function installedPackages(names) {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own placeholders.
  const { stdout } = spawnSync('dpkg-query', ['-W', '-f=${Package} ${db:Status-Status}\n', ...names], {
    encoding: 'utf8',
  });
  const lines = (stdout ?? '').split('\n').map((line) => line.split(' '));
  return new Set(lines.filter(([, status]) => status === 'installed').map(([name]) => name));
}

/** The name that this release offers; the last one when the package lists are empty. */
function pickAvailable(names) {
  const isOffered = (name) => {
    const { stdout } = spawnSync('apt-cache', ['policy', name], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C' },
    });
    return /Candidate: (?!\(none\))/.test(stdout ?? '');
  };
  return names.find(isOffered) ?? names.at(-1);
}

async function installAsRoot(missing) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  say('Installing system packages …');
  const update = await run('apt-get', ['update', '-qq'], { env, echo: false });
  if (update.code !== 0)
    say(`apt-get update failed; trying with the package lists that are here.\n${update.output}`);
  const names = missing.map(pickAvailable);
  say(names.join(' '));
  const args = ['install', '-y', '-qq', '--no-install-recommends', ...names];
  const { code, output } = await run('apt-get', args, { env, echo: false });
  if (code !== 0) throw new PlainError(`apt-get ${args.join(' ')} failed:\n${output}`);
}

function checkOtherLinux(purpose) {
  const commands = {
    build: [],
    window: [],
    display: ['Xvfb', 'xvfb-run'],
    test: ['Xvfb', 'xvfb-run', 'dbus-run-session', 'gnome-keyring-daemon'],
    package: ['7za'],
  };
  const absent = commands[purpose].filter((command) => !hasCommand(command));
  if (absent.length > 0) {
    throw new PlainError(
      `This system has no dpkg, so nothing was installed. Not found: ${absent.join(', ')}. Install what holds them ` +
        "with your system's own tool, together with the libraries of NSS, GTK 3, ATK, CUPS, GBM, ALSA and libsecret.",
    );
  }
}

if (isStartedScript(import.meta.url)) {
  await runAsScript(() => ensureSystemPackages(process.argv[2] ?? 'test'));
}
