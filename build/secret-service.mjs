import { chown, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  startBackground,
  stopBackground,
  waitForOutput,
  withTemporaryFolder,
} from './background-process.mjs';
import { run } from './process.mjs';

const readyLimitMs = 20_000;

/**
 * Runs `work(env)` with an environment of its own: a new empty home (HOME and the XDG folders), a session bus, and
 * on it a real Secret Service (gnome-keyring) with an unlocked empty keyring. All of it ends and is removed with
 * `work`. On macOS and Windows `work` gets the given environment: their keychains need no service.
 * @param {{ env?: object, user?: { uid: number, gid: number } }} [options] `user` owns it all, when this is root
 */
export async function withSecretService(work, { env = process.env, user } = {}) {
  if (process.platform !== 'linux') return work(env);
  return withTemporaryFolder('home', async (home) => {
    const sessionEnv = await createHome(home, env, user);
    const options = { env: sessionEnv, cwd: home, ...user };
    const address = `unix:path=${join(sessionEnv.XDG_RUNTIME_DIR, 'bus')}`;
    const bus = startBackground(
      'dbus-daemon',
      ['--session', '--nofork', '--nopidfile', '--print-address=1', `--address=${address}`],
      {
        ...options,
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    );
    try {
      await waitForOutput(bus, bus.stdout, /^unix:/m);
      const busEnv = { ...sessionEnv, DBUS_SESSION_BUS_ADDRESS: address };
      return await withKeyring(() => work(busEnv), { cwd: home, env: busEnv, user });
    } finally {
      await stopBackground(bus);
    }
  });
}

async function withKeyring(work, { cwd, env, user }) {
  const keyring = startBackground(
    'gnome-keyring-daemon',
    ['--foreground', '--unlock', '--components=secrets'],
    {
      ...user,
      cwd,
      env,
      stdio: ['pipe', 'ignore', 'ignore'],
    },
  );
  try {
    // The password of the throwaway keyring; end of input starts the service.
    keyring.stdin.end('throwaway');
    await waitUntilOnBus({ env, user });
    return await work();
  } finally {
    await stopBackground(keyring);
  }
}

/** Asks the bus until the service has its name; each question is a short process, so the loop rests between. */
async function waitUntilOnBus({ env, user }) {
  const args = ['--session', '--print-reply', '--dest=org.freedesktop.DBus', '/org/freedesktop/DBus'];
  const question = [...args, 'org.freedesktop.DBus.NameHasOwner', 'string:org.freedesktop.secrets'];
  const endMs = Date.now() + readyLimitMs;
  while (Date.now() < endMs) {
    const { output } = await run('dbus-send', question, { env, echo: false, user });
    if (output.includes('boolean true')) return;
  }
  throw new Error(`gnome-keyring-daemon was not on the bus after ${readyLimitMs} ms`);
}

async function createHome(home, env, user) {
  const folders = {
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_DATA_HOME: join(home, '.local', 'share'),
    XDG_CACHE_HOME: join(home, '.cache'),
    XDG_RUNTIME_DIR: join(home, 'run'),
  };
  for (const folder of Object.values(folders)) await mkdir(folder, { recursive: true, mode: 0o700 });
  if (user) {
    for (const folder of [home, join(home, '.local'), ...Object.values(folders)]) {
      await chown(folder, user.uid, user.gid);
    }
  }
  const { GNOME_KEYRING_CONTROL: _control, SSH_AUTH_SOCK: _agent, ...rest } = env;
  return { ...rest, ...folders, HOME: home };
}
