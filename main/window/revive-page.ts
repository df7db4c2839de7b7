import type { WebContents } from 'electron';

/** A page that dies again within this time would do so for ever, so a person decides. */
const MIN_REVIVAL_INTERVAL_MS = 10_000;
/** Chromium's code for a load that was given up for another one. */
const ERR_ABORTED = -3;

/** What brings a page back needs of its window. */
export interface RevivalParts {
  readonly contents: Pick<WebContents, 'on' | 'isDestroyed'>;
  readonly url: string;
  /** Loads the page, wherever the window is. */
  readonly load: () => void;
  /** Asks the person whether to load the page again; false leaves it as it is. */
  readonly ask: () => Promise<boolean>;
  readonly onFailure: (cause: unknown) => void;
}

/** Brings back a page whose process has died, or that has gone elsewhere. */
export interface Revival {
  /** Loads the page again if it is dead; does nothing otherwise. */
  reviveIfDead(): void;
}

/**
 * Loads a page again whose process has died, or that has gone elsewhere. One that does so again soon, or that cannot be
 * loaded, is loaded again when the person says so, now or later.
 */
export function revivePage({ contents, url: pageUrl, load, ask, onFailure }: RevivalParts): Revival {
  let lastRevivalAt = Number.NEGATIVE_INFINITY;
  let isDead = false;
  let isAsking = false;

  const revive = () => {
    isDead = false;
    lastRevivalAt = performance.now();
    // Not while Chromium is still taking the old process apart.
    setImmediate(() => {
      if (!contents.isDestroyed()) load();
    });
  };
  const askFirst = async () => {
    isDead = true;
    if (isAsking) return;
    isAsking = true;
    const isWanted = await ask().catch(() => false);
    isAsking = false;
    // It may have been brought back from elsewhere while the question was open.
    if (isWanted && isDead) revive();
  };
  const reviveOrAsk = (failure: string) => {
    onFailure(new Error(failure));
    if (performance.now() - lastRevivalAt < MIN_REVIVAL_INTERVAL_MS) void askFirst();
    else revive();
  };
  contents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') reviveOrAsk(`The window's process is gone: ${reason}`);
  });
  // Script can navigate to `about:blank`, for which Chromium does not ask whether it may.
  contents.on('did-navigate', (_event, url) => {
    if (url !== pageUrl) reviveOrAsk(`The window has left its page for ${url}`);
  });
  contents.on('did-fail-load', (_event, code, description, url, isMainFrame) => {
    onFailure(new Error(`${url} did not load: ${description} (${code})`));
    if (isMainFrame && code !== ERR_ABORTED) void askFirst();
  });
  return {
    reviveIfDead: () => {
      if (isDead) revive();
    },
  };
}
