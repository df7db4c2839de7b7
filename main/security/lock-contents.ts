import type { App } from 'electron';

/** Forbids every page of the app to go elsewhere, to open windows and to hold other pages. */
export function lockContents(app: App): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    // A page may not keep its window, and with it the app, from closing.
    contents.on('will-prevent-unload', (event) => event.preventDefault());
    // With the session's dead proxy: no connection for WebRTC, which asks neither the policy nor the request filter.
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}
