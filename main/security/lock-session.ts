import type { Session } from 'electron';

/** Denies a window's session every permission and device, and every request that does not go to our own pages. */
export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
  // The spell checker would fetch its dictionaries.
  session.setSpellCheckerEnabled(false);
  // Our own scheme needs no proxy; whatever gets past the filter below ends at a port where nobody listens.
  void session.setProxy({ proxyRules: 'socks5://127.0.0.1:1', proxyBypassRules: '<-loopback>' });
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !/^(app|devtools|blob|data):/.test(details.url) });
  });
}
