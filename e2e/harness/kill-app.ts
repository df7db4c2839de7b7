import { once } from 'node:events';
import type { RunningApp } from './launch-app.ts';

/**
 * Ends an app and all its processes with SIGKILL, of which nothing inside them can take notice. The signal is sent before
 * this returns; resolves when the main process is gone.
 */
export async function killApp({ electron }: RunningApp): Promise<void> {
  const main = electron.process();
  const { pid } = main;
  if (pid === undefined || main.exitCode !== null || main.signalCode !== null) {
    throw new Error('The app has ended already');
  }
  const exited = once(main, 'exit');
  // Playwright starts the app as the leader of a process group, which Windows does not know.
  if (process.platform === 'win32') main.kill('SIGKILL');
  else process.kill(-pid, 'SIGKILL');
  await exited;
}
