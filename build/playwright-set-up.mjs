/**
 * Playwright's global set-up: names the Electron to drive in ELECTRON_EXECUTABLE for the tests, also when
 * Playwright is started directly. `npm test` has already named it.
 */
// biome-ignore lint/style/noDefaultExport: Playwright calls the default export.
export default async function prepare() {
  if (process.env.ELECTRON_EXECUTABLE) return;
  const { setUp } = await import('./set-up.mjs');
  const electron = await setUp({ purpose: 'test' });
  process.env.ELECTRON_EXECUTABLE = electron.executablePath;
}
