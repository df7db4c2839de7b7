import type { App } from 'electron';

/**
 * Switched off in every page, the empty document of a frame included, where neither the content security policy nor
 * the request filter is asked: names looked up ahead of a request, which carry words to whoever answers for a domain,
 * and the clipboard without a person's gesture.
 */
const PAGE_SETTINGS = [
  'dnsPrefetchingEnabled=false',
  'DOMPasteAllowed=false',
  'javaScriptCanAccessClipboard=false',
].join(',');

/**
 * Keeps Chromium from talking to anyone on its own account, and pages from talking past their policy. Must be called
 * before the app is ready. Every window asks for the sandbox itself; `app.enableSandbox()` would also undo a
 * `--no-sandbox` given by whoever must run as root.
 */
export function lockProcess(app: App): void {
  for (const name of [
    'disable-background-networking',
    'disable-component-update',
    'disable-domain-reliability',
    // HTTP/3 would be one way to the server more, with faults of its own.
    'disable-quic',
  ]) {
    app.commandLine.appendSwitch(name);
  }
  app.commandLine.appendSwitch('blink-settings', PAGE_SETTINGS);
  // Who the person is elsewhere is no server's business: unasked, Electron would give the first one that fits.
  app.on('select-client-certificate', (event, _contents, _url, _certificates, select) => {
    event.preventDefault();
    select();
  });
}

/**
 * Has names looked up by the system's own resolver alone, as for any other program: Chromium would turn to a public
 * server over HTTPS where it knows one for the system's, and that does not know the names of a private network. Must be
 * called when the app is ready.
 */
export function lockNameResolution(app: App): void {
  app.configureHostResolver({ enableBuiltInResolver: false, secureDnsMode: 'off' });
}
