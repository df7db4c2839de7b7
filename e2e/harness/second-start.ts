import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type ElectronApplication, expect } from '@playwright/test';

/**
 * Starts an app that runs already once more, as a person does who does not see it or opens files with it; resolves when
 * that start has ended.
 */
export async function startAgain(
  electron: ElectronApplication,
  paths: readonly string[] = [],
): Promise<void> {
  const [command = '', ...args] = electron.process().spawnargs;
  // Playwright's own switches belong to the first start.
  const foreign = /^(-r|--inspect=.*|--remote-debugging-.*|.*\/loader\.js)$/;
  const own = args.filter((arg) => !foreign.test(arg));
  const second = spawn(command, [...own, ...paths], { stdio: 'ignore' });
  const [code] = await once(second, 'exit');
  expect(code).toBe(0);
}
