import { existsSync } from 'node:fs';

/** Where Debian puts Chromium; its wrapper script is quick, and the browser is as new as the Electron that ships. */
const DEBIAN_CHROMIUM = '/usr/bin/chromium';

/** The browser for tests of the page: the one named in PAGE_BROWSER, Debian's, or null, which is the app itself. */
export function findBrowser(env = process.env) {
  if (env.PAGE_BROWSER) return env.PAGE_BROWSER;
  return existsSync(DEBIAN_CHROMIUM) ? DEBIAN_CHROMIUM : null;
}
