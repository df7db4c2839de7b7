import type { App } from 'electron';

/**
 * Keeps Chromium from talking to anyone on its own account. Must be called before the app is ready. Every window asks
 * for the sandbox itself; `app.enableSandbox()` would also undo a `--no-sandbox` given by whoever must run as root.
 */
export function lockProcess(app: App): void {
  for (const name of [
    'disable-background-networking',
    'disable-component-update',
    'disable-domain-reliability',
  ]) {
    app.commandLine.appendSwitch(name);
  }
}
