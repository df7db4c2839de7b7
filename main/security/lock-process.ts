import type { App } from 'electron';

/** Sandboxes every renderer and keeps Chromium from talking to anyone on its own account. Must be called before the app is ready. */
export function lockProcess(app: App): void {
  app.enableSandbox();
  for (const name of [
    'disable-background-networking',
    'disable-component-update',
    'disable-domain-reliability',
  ]) {
    app.commandLine.appendSwitch(name);
  }
}
