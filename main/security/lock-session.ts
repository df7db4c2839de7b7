import type { App, Session } from 'electron';

/**
 * Denies every session every permission, device and download, from the moment it is made: the windows' own, that of the
 * requests, and Chromium's default one, which no page of ours uses.
 */
export function lockSessions(app: App): void {
  app.on('session-created', (session) => {
    session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
    session.setPermissionCheckHandler(() => false);
    session.setDevicePermissionHandler(() => false);
    session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
    session.on('will-download', (event) => event.preventDefault());
    // A new session fetches the dictionary of its language; to switch the spell checker off does not stop that.
    session.setSpellCheckerLanguages([]);
    session.setSpellCheckerEnabled(false);
  });
}

/** Cancels every request of a session that does not go to our own pages. */
export function lockToOwnPages(session: Session): void {
  // Our own scheme needs no proxy; whatever gets past the filter below ends at a port where nobody listens.
  void session.setProxy({ proxyRules: 'socks5://127.0.0.1:1', proxyBypassRules: '<-loopback>' });
  session.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !/^(app|devtools|blob|data):/.test(details.url) });
  });
}
