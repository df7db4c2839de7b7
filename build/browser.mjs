import { existsSync } from 'node:fs';

/**
 * Where Debian puts Chromium, which is as new as the Electron that ships: first the one without windows, which takes two
 * thirds of the time.
 */
const DEBIAN_CHROMIUM = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];

/** The browser for tests of the page: the one named in PAGE_BROWSER, Debian's, or null, which is the app itself. */
export function findBrowser(env = process.env) {
  if (env.PAGE_BROWSER) return env.PAGE_BROWSER;
  return DEBIAN_CHROMIUM.find((path) => existsSync(path)) ?? null;
}
