import { defineConfig } from '@playwright/test';
import { findBrowser } from './build/browser.mjs';
import type { PageOptions } from './e2e/harness/page-test.ts';

/**
 * `page`: what is only about the main window's page, in a browser where there is one, else in the app; `page-in-app`: a
 * few of these tests in the app all the same. `window`: the compiled app on the Electron named by ELECTRON_EXECUTABLE.
 * `packaged`: the packaged app
 * with its production fuses, whose executable build/test.mjs names in PACKAGED_APP. `errors`, `crashes`, `soak` and `deletion`:
 * what `npm run prove` adds, on the same app as `window`.
 */
// biome-ignore lint/style/noDefaultExport: Playwright reads the default export.
export default defineConfig<object, PageOptions>({
  testDir: 'e2e/tests',
  outputDir: 'out/playwright',
  globalSetup: './build/playwright-set-up.mjs',
  // Two processors are full with two apps at work; but tests of the window also wait, for a third of their time.
  workers: 3,
  fullyParallel: false,
  // A test that passes the second time hides a fault.
  retries: 0,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [
    ['list'],
    ['./e2e/prove/findings-reporter.ts'],
    ['json', { outputFile: process.env['PLAYWRIGHT_REPORT'] ?? 'out/reports/playwright.json' }],
  ],
  use: { trace: 'retain-on-failure' },
  projects: [
    {
      name: 'page',
      testMatch: 'page/**/*.spec.ts',
      fullyParallel: true,
      // A trace of each test takes a third of its time; a failure has its picture.
      use: { browserPath: findBrowser(), trace: 'off' },
    },
    { name: 'page-in-app', testMatch: 'page/**/*.spec.ts', grep: /@in-app/, use: { sharesApp: true } },
    { name: 'window', testIgnore: ['packaged/**', 'page/**'], fullyParallel: true },
    { name: 'packaged', testMatch: 'packaged/**/*.spec.ts' },
    { name: 'errors', testDir: 'e2e/prove', testMatch: 'errors*.spec.ts' },
    { name: 'crashes', testDir: 'e2e/prove', testMatch: 'crashes.spec.ts', fullyParallel: true },
    // A trace of thousands of transfers is of no use to anybody.
    { name: 'soak', testDir: 'e2e/prove', testMatch: 'soak.spec.ts', use: { trace: 'off' } },
    { name: 'deletion', testDir: 'e2e/prove', testMatch: 'deletion.spec.ts', use: { trace: 'off' } },
  ],
});
