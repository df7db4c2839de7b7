/** Playwright on the real Electron; started by name it passes its arguments on: `node build/e2e.mjs -g upload`. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { hasDisplay, withDisplay } from './display.mjs';
import { markOwnProcesses } from './left-over-processes.mjs';
import { isStartedScript, projectRoot, run, runAsScript } from './process.mjs';
import { withSecretService } from './secret-service.mjs';
import { setUp } from './set-up.mjs';

/**
 * Runs Playwright with a display and, on Linux, a Secret Service and a home of its own. The tests find the
 * Electron to drive in ELECTRON_EXECUTABLE. `user` owns the home and the Secret Service, when the app runs as one.
 * @returns {Promise<{ code: number, output: string }>}
 */
export function runPlaywright({ electron, args, env = process.env, user }) {
  const cli = join(projectRoot, 'node_modules', '@playwright', 'test', 'cli.js');
  return withSecretService(
    (serviceEnv) =>
      withWorkerDisplays(
        (displayEnv) =>
          run(process.execPath, [cli, 'test', ...args], {
            env: { ...displayEnv, ELECTRON_EXECUTABLE: electron.executablePath },
          }),
        serviceEnv,
      ),
    { env, user },
  );
}

/** As many as Playwright runs workers of the window's tests. */
const DISPLAYS = 3;

/**
 * Runs `work(env)` with a display, and where it is a virtual one with several: their names stand in WORKER_DISPLAYS, of
 * which each of Playwright's workers takes its own, as the windows of one display share its clipboard and focus.
 */
function withWorkerDisplays(work, env, names = []) {
  if (names.length === 0 && hasDisplay(env)) return work(env);
  if (names.length === DISPLAYS) return work({ ...env, WORKER_DISPLAYS: names.join(' ') });
  return withDisplay((one) => withWorkerDisplays(work, one, [...names, one.DISPLAY]), {
    env,
    isForced: true,
  });
}

if (isStartedScript(import.meta.url)) {
  await runAsScript(async () => {
    const electron = await setUp({ purpose: 'test' });
    markOwnProcesses(randomUUID());
    const args = process.argv.slice(2);
    if (!args.some((arg) => arg.startsWith('--project'))) args.unshift('--project=window');
    const { code } = await runPlaywright({ electron, args });
    return code;
  });
}
