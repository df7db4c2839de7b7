/** Helpers that run beside a command (display, message bus, keyring, packaged app) and must not outlive it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const running = new Set();
const folders = new Set();
const graceMs = 5_000;

/** Starts a command in a process group of its own (not on Windows), which ends at the latest with this script. */
export function startBackground(command, args, options = {}) {
  registerCleanup();
  const child = spawn(command, args, { detached: process.platform !== 'win32', ...options });
  running.add(child);
  child.once('close', () => running.delete(child));
  // Without a listener a missing command would be an uncaught exception; `close` follows and tells the waiter.
  child.on('error', (error) => {
    child.startError = error;
  });
  return child;
}

/** Ends the process group and waits until the process is gone; kills it after five seconds. */
export async function stopBackground(child) {
  if (!running.has(child) || child.pid === undefined) return;
  const closed = once(child, 'close');
  signalGroup(child, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs);
  await closed;
  clearTimeout(timer);
  // Children of the leader that ignored the first signal.
  signalGroup(child, 'SIGKILL');
}

/**
 * Waits until one of the process's output streams holds text that matches, and gives the match.
 * Rejects with what was printed when the process ends first or `limitMs` passes.
 */
export function waitForOutput(child, stream, pattern, limitMs = 20_000) {
  return new Promise((resolve, reject) => {
    let text = '';
    const finish = (settle, value) => {
      clearTimeout(timer);
      stream.off('data', onData);
      child.off('close', onClose);
      stream.resume();
      settle(value);
    };
    const fail = (what) =>
      finish(reject, new Error(`${child.spawnargs[0]} ${what}: ${child.startError ?? text}`));
    const onClose = () => fail('ended before it was ready');
    const onData = (chunk) => {
      text += chunk;
      const match = pattern.exec(text);
      if (match) finish(resolve, match);
    };
    const timer = setTimeout(() => fail(`was not ready after ${limitMs} ms`), limitMs);
    stream.on('data', onData);
    child.on('close', onClose);
  });
}

/** Runs `work` with a new empty folder in the system's place for temporary files, which is removed after it. */
export async function withTemporaryFolder(name, work) {
  registerCleanup();
  const folder = await mkdtemp(join(tmpdir(), `files-for-openrouter-${name}-`));
  folders.add(folder);
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    folders.delete(folder);
  }
}

function signalGroup(child, signal) {
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

let isRegistered = false;

function registerCleanup() {
  if (isRegistered) return;
  isRegistered = true;
  process.once('exit', () => {
    for (const child of running) signalGroup(child, 'SIGKILL');
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ]) {
    process.once(signal, () => process.exit(code));
  }
}
