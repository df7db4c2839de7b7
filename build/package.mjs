/** `npm run package`: the installers for this platform, into dist/. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { writeLicenses } from './licenses.mjs';
import { isStartedScript, PlainError, projectRoot, run, runAsScript, say } from './process.mjs';
import { setUp } from './set-up.mjs';

const platformFlags = { linux: '--linux', darwin: '--mac', win32: '--win' };
const debianArchiver = '/usr/bin/7za';

/**
 * Packages the compiled app with electron-builder, with the fuses of a release. Without the official Electron the
 * distribution at hand is used, and the files' names say that they are not for release.
 * @param {{ electron: { source: string, distPath: string, version: string }, targets?: readonly string[],
 *   outputFolder?: string, isSigned?: boolean }} options no `targets`: the installers of electron-builder.yml
 * @returns {Promise<void>} rejects with a PlainError when electron-builder fails
 */
export async function packageApp({ electron, targets = [], outputFolder = 'dist', isSigned = true }) {
  await writeLicenses({ electronDist: electron.distPath });
  const isOfficial = electron.source === 'official';
  const args = [platformFlags[process.platform], ...targets, '--publish', 'never'];
  args.push(`-c.directories.output=${outputFolder}`);
  if (!isOfficial) {
    args.push(`-c.electronDist=${electron.distPath}`, `-c.electronVersion=${electron.version}`);
    // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder's own placeholders.
    args.push('-c.artifactName=${name}-${version}-${os}-${arch}-not-for-release.${ext}');
  }
  if (!isSigned && process.platform === 'darwin') args.push('-c.mac.identity=null');
  const env = { ...process.env };
  // An archive that nobody ships need not be small; the best compression takes minutes.
  if (!isOfficial) env.ELECTRON_BUILDER_COMPRESSION_LEVEL ??= '1';
  // electron-builder fetches an archiver of its own unless it is told of one.
  if (existsSync(debianArchiver)) env.ELECTRON_BUILDER_7ZIP_PATH ??= debianArchiver;
  if (!isSigned) env.CSC_IDENTITY_AUTO_DISCOVERY = 'false';
  const cli = join(projectRoot, 'node_modules', 'electron-builder', 'cli.js');
  const { code } = await run(process.execPath, [cli, ...args], { env });
  if (code !== 0) throw new PlainError('electron-builder failed; its messages above say why.');
}

/** Where electron-builder's `dir` target puts the executable under its output folder. */
export function packagedExecutable(outputFolder, platform = process.platform, arch = process.arch) {
  if (platform === 'darwin') {
    const folder = arch === 'x64' ? 'mac' : `mac-${arch}`;
    return join(
      outputFolder,
      folder,
      'Files for OpenRouter.app',
      'Contents',
      'MacOS',
      'Files for OpenRouter',
    );
  }
  const suffix = arch === 'x64' ? '' : `${arch}-`;
  if (platform === 'win32') return join(outputFolder, `win-${suffix}unpacked`, 'Files for OpenRouter.exe');
  return join(outputFolder, `linux-${suffix}unpacked`, 'files-for-openrouter');
}

if (isStartedScript(import.meta.url)) {
  await runAsScript(async () => {
    const electron = await setUp({ purpose: 'package' });
    if (electron.source === 'official') return packageApp({ electron });
    say('NOT FOR RELEASE: this Electron is not the official one, so only an archive is made.');
    return packageApp({ electron, targets: process.platform === 'linux' ? ['dir', 'tar.gz'] : ['dir'] });
  });
}
