/**
 * Makes a machine with Node and nothing else ready for a command. Every step looks first and does nothing when
 * its work is already done, so that each command can start with all of them.
 */
import { isStartedScript, PlainError, runAsScript } from './process.mjs';

/**
 * Brings the npm packages, the system packages for `purpose` (see system-packages.mjs), Electron and the
 * compiled app, and gives the Electron to run.
 * @param {{ purpose?: 'build' | 'window' | 'display' | 'test' | 'package', isCompiled?: boolean }} [options]
 */
export async function setUp({ purpose = 'window', isCompiled = true } = {}) {
  checkNode();
  // Loaded step by step: each module may use what the step before it has brought.
  const { ensureNpmPackages } = await import('./npm-packages.mjs');
  await ensureNpmPackages();
  const { ensureSystemPackages } = await import('./system-packages.mjs');
  await ensureSystemPackages(purpose);
  const { findElectron } = await import('./electron-runtime.mjs');
  const electron = await findElectron();
  if (isCompiled) {
    const { ensureCompiledApp } = await import('./compiled-app.mjs');
    await ensureCompiledApp();
  }
  return electron;
}

/** Throws when this Node is older than what package.json asks for. */
export function checkNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new PlainError(`Node ${version} is too old: 20.19 or newer is needed.`);
  }
}

if (isStartedScript(import.meta.url)) {
  await runAsScript(async () => {
    await setUp({ purpose: 'test', isCompiled: process.argv.includes('--compile') });
  });
}
