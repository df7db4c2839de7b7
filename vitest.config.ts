import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Tests that replace a module, which others of the same process would then have, too. */
const mocked = ['e2e/integration/queue-properties.test.ts'];

/** What must also hold on the oldest Node that package.json names: the scripts, and a way through the client and its server. */
const onOldest = [
  'build/**/*.test.mjs',
  'e2e/integration/{client,upload,transfers}.test.ts',
  'e2e/server/conformance.test.ts',
];

/**
 * Four projects: `unit`, tests beside their sources; `server`, the local server, its conformance, main's code against
 * it over HTTP, and what measures and proves; `mocked`, those of them that need a process of their own; `oldest`, a few of all on the oldest Node. The files of
 * the first two share processes, as one of its own for each, with all modules loaded anew, took a third of the time.
 */
// biome-ignore lint/style/noDefaultExport: Vitest reads the default export.
export default defineConfig({
  test: {
    environment: 'node',
    // On two processors Vitest would take one worker.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // A project whose tests vanish must be seen.
    passWithNoTests: false,
    // To end what hangs; a machine may be slow.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    expect: { poll: { timeout: 20_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          isolate: false,
          setupFiles: ['build/refuse-module-mocks.mjs'],
          include: ['{app,main,preload,renderer}/**/*.test.{ts,tsx}'],
        },
      },
      {
        extends: true,
        test: {
          name: 'server',
          isolate: false,
          setupFiles: ['build/refuse-module-mocks.mjs'],
          include: ['e2e/{server,integration,bench,prove}/**/*.test.ts'],
          exclude: mocked,
        },
      },
      {
        extends: true,
        test: { name: 'mocked', include: mocked },
      },
      {
        extends: true,
        test: { name: 'oldest', isolate: false, include: onOldest },
      },
    ],
  },
});
