import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { showWhenReady } from './show-window.ts';

function createWindow() {
  const contents = new EventEmitter();
  const window = Object.assign(new EventEmitter(), {
    webContents: contents,
    shownCount: 0,
    isGone: false,
    isDestroyed: () => window.isGone,
    isVisible: () => window.shownCount > 0,
    show: () => {
      window.shownCount += 1;
    },
  });
  // The events of Electron's own types are more than a test needs to name.
  showWhenReady(window as unknown as Parameters<typeof showWhenReady>[0]);
  return { window, contents };
}

describe('a window is shown', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('when its page has been drawn', () => {
    const { window } = createWindow();
    expect(window.shownCount).toBe(0);
    window.emit('ready-to-show');
    expect(window.shownCount).toBe(1);
  });

  it.each(['did-finish-load', 'did-fail-load', 'render-process-gone'])(
    'when its page tells %s, as under Wayland it may never be drawn while it is hidden',
    (event) => {
      const { window, contents } = createWindow();
      contents.emit(event);
      expect(window.shownCount).toBe(1);
    },
  );

  it('after two seconds when its page tells nothing', () => {
    const { window } = createWindow();
    vi.advanceTimersByTime(1999);
    expect(window.shownCount).toBe(0);
    vi.advanceTimersByTime(1);
    expect(window.shownCount).toBe(1);
  });

  it('once: a person may have hidden it since', () => {
    const { window, contents } = createWindow();
    contents.emit('did-finish-load');
    window.shownCount = 0;
    window.emit('ready-to-show');
    vi.advanceTimersByTime(10_000);
    expect(window.shownCount).toBe(0);
  });

  it('not after it was closed', () => {
    const { window, contents } = createWindow();
    window.isGone = true;
    window.emit('closed');
    contents.emit('did-fail-load');
    vi.advanceTimersByTime(10_000);
    expect(window.shownCount).toBe(0);
  });
});
