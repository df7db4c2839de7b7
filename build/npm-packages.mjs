import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PlainError, projectRoot, runNpm, say } from './process.mjs';

/** Installs the npm packages with `npm ci` unless what is in node_modules is what the lock file asks for. */
export async function ensureNpmPackages() {
  const reason = await mismatch();
  if (reason === undefined) return;
  say(`Installing the npm packages (${reason}) …`);
  const { code } = await runNpm(['ci', '--no-audit', '--no-fund']);
  if (code !== 0) throw new PlainError('npm ci failed; its messages above say why.');
  const remaining = await mismatch();
  if (remaining !== undefined)
    throw new PlainError(`After npm ci the packages still do not match: ${remaining}.`);
}

async function mismatch() {
  const lock = await readLock(join(projectRoot, 'package-lock.json'));
  if (lock === undefined)
    throw new PlainError('package-lock.json is missing or damaged; restore it from git.');
  const installed = await readLock(join(projectRoot, 'node_modules', '.package-lock.json'));
  return installed === undefined ? 'node_modules is not there' : describeMismatch(lock, installed);
}

/**
 * Compares the lock file with npm's record of what it installed. Packages for other platforms are optional and
 * may be absent.
 * @returns {string | undefined} what differs first, undefined when they match
 */
export function describeMismatch(lock, installed) {
  for (const [path, wanted] of Object.entries(lock.packages)) {
    if (path === '') continue;
    const found = installed.packages[path];
    if (found === undefined) {
      if (!wanted.optional && !wanted.devOptional && !wanted.peer) return `${path} is missing`;
    } else if (found.version !== wanted.version || found.integrity !== wanted.integrity) {
      return `${path} is ${found.version}, not ${wanted.version}`;
    }
  }
  const extra = Object.keys(installed.packages).find((path) => lock.packages[path] === undefined);
  return extra === undefined ? undefined : `${extra} is not in the lock file`;
}

async function readLock(path) {
  try {
    const lock = JSON.parse(await readFile(path, 'utf8'));
    return typeof lock.packages === 'object' ? lock : undefined;
  } catch {
    return undefined;
  }
}
