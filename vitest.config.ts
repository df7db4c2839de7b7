import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Two projects: `unit`, tests beside their sources; `server`, the local server,
 * its conformance, main's code against it over HTTP, and what measures and proves. */
// biome-ignore lint/style/noDefaultExport: Vitest reads the default export.
export default defineConfig({
  test: {
    environment: 'node',
    // On two processors Vitest would take one worker.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // A project whose tests vanish must be seen.
    passWithNoTests: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{app,main,preload,renderer}/**/*.test.{ts,tsx}', 'build/**/*.test.mjs'],
        },
      },
      {
        extends: true,
        test: {
          name: 'server',
          include: ['e2e/{server,integration,bench,prove}/**/*.test.ts'],
          testTimeout: 30_000,
        },
      },
    ],
  },
});
