import { startBackground, stopBackground, waitForOutput } from './background-process.mjs';

/** True when windows can be shown: always on macOS and Windows, on Linux with an X11 or Wayland display. */
export function hasDisplay(env = process.env, platform = process.platform) {
  return platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/**
 * Runs `work(env)` with an environment in which windows can be shown: the given one when there is a display (and
 * `isForced` is not set), else one with a virtual X display, which ends with `work`.
 * Xvfb picks the free display number itself and tells it, so that commands may run side by side.
 */
export async function withDisplay(work, { env = process.env, isForced = false, size = '1600x1200x24' } = {}) {
  const isVirtual = process.platform === 'linux' && (isForced || !hasDisplay(env));
  if (!isVirtual) return work(env);
  const args = ['-displayfd', '1', '-screen', '0', size, '-nolisten', 'tcp', '-noreset'];
  // -ac lets another user of this machine in, which the packaged app is when the tests run as root.
  const server = startBackground('Xvfb', [...args, '-ac'], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    const [, number] = await waitForOutput(server, server.stdout, /^(\d+)\n/m);
    const { WAYLAND_DISPLAY: _hidden, XAUTHORITY: _foreign, ...rest } = env;
    return await work({ ...rest, DISPLAY: `:${number}` });
  } finally {
    await stopBackground(server);
  }
}
