import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  startBackground,
  stopBackground,
  waitForOutput,
  withTemporaryFolder,
} from './background-process.mjs';
import { findLeftOverProcesses } from './left-over-processes.mjs';

const piped = { stdio: ['ignore', 'pipe', 'ignore'] };
const isWindows = process.platform === 'win32';

function startNode(script) {
  return startBackground(process.execPath, ['-e', script], piped);
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('background process', () => {
  test('gives what it printed when it became ready, and ends when it is stopped', async () => {
    const child = startNode('console.log("port 42"); setInterval(() => {}, 1000)');
    const [, port] = await waitForOutput(child, child.stdout, /port (\d+)/);
    expect(port).toBe('42');
    await stopBackground(child);
    expect(isAlive(child.pid)).toBe(false);
  });

  test('says so when the process ends before it is ready', async () => {
    const child = startNode('console.log("no luck")');
    await expect(waitForOutput(child, child.stdout, /port/)).rejects.toThrow(
      /ended before it was ready: no luck/,
    );
  });

  test('says so when there is no such command', async () => {
    const child = startBackground('no-such-command-anywhere', [], piped);
    await expect(waitForOutput(child, child.stdout, /x/)).rejects.toThrow(/ENOENT/);
  });

  test.skipIf(isWindows)('takes its own children with it', async () => {
    const child = startNode(`
      const { spawn } = require('node:child_process');
      console.log('pid', spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']).pid);
      setInterval(() => {}, 1000);
    `);
    const [, pid] = await waitForOutput(child, child.stdout, /pid (\d+)/);
    await stopBackground(child);
    await expect.poll(() => isAlive(Number(pid)) && !isZombie(Number(pid))).toBe(false);
  });
});

test('a temporary folder is gone after its work, also when that fails', async () => {
  let seen = '';
  const work = async (folder) => {
    seen = folder;
    await writeFile(join(folder, 'file'), 'content');
    throw new Error('work failed');
  };
  await expect(withTemporaryFolder('trial', work)).rejects.toThrow('work failed');
  await expect(access(seen)).rejects.toThrow(/ENOENT/);
});

test.runIf(process.platform === 'linux')(
  'a process with the mark of a run is found until it ends',
  async () => {
    const id = `trial-${process.pid}`;
    const child = spawn(process.execPath, ['-e', 'console.log("up"); setInterval(() => {}, 1000)'], {
      ...piped,
      env: { ...process.env, FILES_FOR_OPENROUTER_RUN: id },
    });
    await once(child.stdout, 'data');
    expect(findLeftOverProcesses(id).map(({ pid }) => pid)).toEqual([child.pid]);
    child.kill();
    await once(child, 'close');
    expect(findLeftOverProcesses(id)).toEqual([]);
  },
);

function isZombie(pid) {
  try {
    return / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return true;
  }
}
