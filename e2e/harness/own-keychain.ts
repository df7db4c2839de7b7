import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A Secret Service of one test's own (Linux), which it may stop. */
export interface OwnKeychain {
  /** What an app needs in its environment to use it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Lets the service answer nothing any more, and answer again. */
  freeze(): void;
  thaw(): void;
  /** Ends it all. */
  stop(): Promise<void>;
}

const ask = promisify(execFile);

/** Starts a session bus and an unlocked gnome-keyring on it; resolves when the service is there. */
export async function startOwnKeychain(folder: string): Promise<OwnKeychain> {
  const home = join(folder, 'keychain');
  await mkdir(home, { mode: 0o700 });
  const address = `unix:path=${join(home, 'bus')}`;
  const environment = { DBUS_SESSION_BUS_ADDRESS: address, XDG_RUNTIME_DIR: home };
  const env = { ...process.env, ...environment, HOME: home, XDG_DATA_HOME: home };
  const bus = spawn(
    'dbus-daemon',
    ['--session', '--nofork', '--nopidfile', '--print-address=1', `--address=${address}`],
    { env, stdio: ['ignore', 'pipe', 'ignore'] },
  );
  await once(bus.stdout, 'data');
  const keyring = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
    env,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  keyring.stdin.end('throwaway');
  const question = [
    ...['--session', '--print-reply', '--dest=org.freedesktop.DBus', '/org/freedesktop/DBus'],
    ...['org.freedesktop.DBus.NameHasOwner', 'string:org.freedesktop.secrets'],
  ];
  const hasService = async () => (await ask('dbus-send', question, { env })).stdout.includes('boolean true');
  while (!(await hasService())) {
    if (keyring.exitCode !== null) throw new Error('gnome-keyring-daemon has ended');
  }
  return {
    environment,
    freeze: () => void keyring.kill('SIGSTOP'),
    thaw: () => void keyring.kill('SIGCONT'),
    stop: async () => {
      keyring.kill('SIGCONT');
      await end(keyring);
      await end(bus);
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill();
  await exited;
}
