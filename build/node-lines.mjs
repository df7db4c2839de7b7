import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './process.mjs';

/** The Node line of the Electron that package.json declares. */
const SHIPPED_LINE = 24;

/**
 * The Nodes that tests run on come in npm packages of this platform, optional dependencies in the lock file. Where there is
 * none, as for some platforms, tests run on the Node that runs this.
 * @typedef {{ path: string, version: string }} NodeBinary
 */

/** @returns {NodeBinary} A Node of the line that the shipped Electron holds. */
export function findShippedNode() {
  if (Number.parseInt(process.versions.node, 10) === SHIPPED_LINE) return ownNode();
  return findPackaged(`node-${platformName()}-${process.arch}`) ?? ownNode();
}

/** @returns {NodeBinary} The oldest Node that package.json names. */
export function findOldestNode() {
  return findPackaged(`oldest-node-${platformName()}-${process.arch}`) ?? ownNode();
}

function platformName() {
  return process.platform === 'win32' ? 'win' : process.platform;
}

function ownNode() {
  return { path: process.execPath, version: process.versions.node };
}

function findPackaged(name) {
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const path = join(projectRoot, 'node_modules', name, 'bin', file);
  if (!existsSync(path)) return undefined;
  const { stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' });
  return { path, version: stdout.trim().slice(1) };
}
