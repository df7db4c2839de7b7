import type { BrowserWindow } from 'electron';

/** A window without a page is better than no window: it can be seen, moved and closed. */
const MAX_WAIT_MS = 2000;

/** What of a window says that it can be shown; `BrowserWindow` is one. */
export interface ShowableWindow {
  readonly webContents: Pick<BrowserWindow['webContents'], 'once'>;
  once(event: 'ready-to-show' | 'closed', listener: () => void): unknown;
  isDestroyed(): boolean;
  isVisible(): boolean;
  show(): void;
}

/**
 * Shows a hidden window once: as soon as its page has been drawn, is loaded or cannot be loaded, and after two seconds
 * at the latest. Under Wayland a hidden window may never be drawn, so `ready-to-show` alone would leave it hidden.
 */
export function showWhenReady(window: ShowableWindow): void {
  let isOver = false;
  const show = () => {
    if (isOver) return;
    stop();
    if (!window.isDestroyed() && !window.isVisible()) window.show();
  };
  const stop = () => {
    isOver = true;
    clearTimeout(timer);
  };
  const timer = setTimeout(show, MAX_WAIT_MS);
  window.once('ready-to-show', show);
  window.once('closed', stop);
  window.webContents.once('did-finish-load', show);
  window.webContents.once('did-fail-load', show);
  window.webContents.once('render-process-gone', show);
}
