import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

/** A Wayland compositor without a screen. */
export interface Weston {
  /** What an app needs in its environment to be shown by it. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

const SOCKET = 'wayland-test';

/** Whether this machine has weston. */
export function hasWeston(): boolean {
  return process.platform === 'linux' && spawnSync('weston', ['--version']).status === 0;
}

/** Starts weston with its socket in a folder of its own; resolves when windows can be shown. */
export async function startWeston(folder: string): Promise<Weston> {
  const runtimeFolder = join(folder, 'wayland');
  await mkdir(runtimeFolder, { mode: 0o700 });
  const environment = { XDG_RUNTIME_DIR: runtimeFolder, WAYLAND_DISPLAY: SOCKET };
  const weston = spawn(
    'weston',
    ['--backend=headless-backend.so', `--socket=${SOCKET}`, '--use-pixman', '--idle-time=0'],
    { env: { ...process.env, ...environment }, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const exited = once(weston, 'exit');
  await new Promise<void>((resolve, reject) => {
    let text = '';
    weston.stderr.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      // The shell is the last that it starts.
      if (/launching '.*weston-desktop-shell'/.test(text)) resolve();
    });
    void exited.then(() => reject(new Error(`weston ended: ${text}`)));
  });
  return {
    // Electron up to 37 takes the platform from the first, later ones from the second.
    environment: { ...environment, ELECTRON_OZONE_PLATFORM_HINT: 'wayland', XDG_SESSION_TYPE: 'wayland' },
    stop: async () => {
      weston.kill();
      await exited;
    },
  };
}
