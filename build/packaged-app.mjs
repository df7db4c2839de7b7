import { chown, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startBackground, stopBackground, waitForOutput } from './background-process.mjs';

/** Debian's `nobody`: what root becomes, as Chromium's sandbox does not work for root. */
const nobody = { uid: 65_534, gid: 65_534 };

/** The user that must run the packaged app: another one than root, so that its sandbox stays on. */
export function unprivilegedUser(userId = process.getuid?.()) {
  return userId === 0 ? nobody : undefined;
}

/**
 * Starts the packaged app with its sandbox on and a debugging port, which production fuses leave as the only way
 * in. `folder` (an absolute path that every user can reach) becomes its home and holds its profile.
 * @returns {Promise<{ endpoint: string, profile: string, readLog: () => string, stop: () => Promise<void> }>}
 * `endpoint` is for `chromium.connectOverCDP`; rejects with what the app printed when it does not come up
 */
export async function startPackagedApp({ executable, folder, env = process.env, args = [] }) {
  const user = unprivilegedUser();
  const profile = join(folder, 'profile');
  await mkdir(profile, { recursive: true });
  if (user) await Promise.all([folder, profile].map((path) => chown(path, user.uid, user.gid)));
  const app = startBackground(
    executable,
    ['--remote-debugging-port=0', `--user-data-dir=${profile}`, ...args],
    { cwd: folder, env: { ...env, HOME: folder }, stdio: ['ignore', 'pipe', 'pipe'], ...user },
  );
  let log = '';
  for (const stream of [app.stdout, app.stderr]) {
    stream.on('data', (chunk) => {
      log += chunk;
    });
  }
  try {
    const [, endpoint] = await waitForOutput(app, app.stderr, /DevTools listening on (ws:\S+)/);
    return { endpoint, profile, readLog: () => log, stop: () => stopBackground(app) };
  } catch (error) {
    await stopBackground(app);
    throw error;
  }
}
