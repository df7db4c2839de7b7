import { readdir, readFile } from 'node:fs/promises';
import type { ElectronApplication } from '@playwright/test';

/** A window and the process that its page runs in. */
export interface WindowProcess {
  readonly url: string;
  readonly processId: number;
}

/** A process of the app, as the system shows it to the person's other processes (Linux). */
export interface ProcessFacts {
  readonly processId: number;
  /** Arguments, joined by spaces. */
  readonly commandLine: string;
  /** Variables that it was started with, one a line. */
  readonly environment: string;
}

/** Gives the process of every open window. */
export function readWindowProcesses(electron: ElectronApplication): Promise<readonly WindowProcess[]> {
  return electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(({ webContents }) => ({
      url: webContents.getURL(),
      processId: webContents.getOSProcessId(),
    })),
  );
}

/** Whether a process is there. */
export function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}

/** Reads what the system shows of a process and all its descendants; those that end meanwhile are left out (Linux). */
export async function readProcessTree(rootId: number): Promise<readonly ProcessFacts[]> {
  const parents = new Map<number, number>();
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const status = await readFile(`/proc/${entry}/status`, 'utf8').catch(() => '');
    const parent = /^PPid:\t(\d+)$/m.exec(status)?.[1];
    if (parent !== undefined) parents.set(Number(entry), Number(parent));
  }
  const isInTree = (id: number): boolean =>
    id === rootId || (parents.has(id) && isInTree(parents.get(id) ?? 0));
  const facts: ProcessFacts[] = [];
  for (const processId of [...parents.keys()].filter(isInTree)) {
    const read = (name: string) => readFile(`/proc/${processId}/${name}`, 'utf8').catch(() => '');
    facts.push({
      processId,
      commandLine: (await read('cmdline')).replaceAll('\0', ' '),
      environment: (await read('environ')).replaceAll('\0', '\n'),
    });
  }
  return facts;
}
