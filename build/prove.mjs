/**
 * `npm run prove`: what `npm test` shows in short, at length. `npm run prove -- STEP…` runs some of the
 * steps only. The last line is `N passed, N failed`; the exit code is 1 when anything failed.
 */
import { join } from 'node:path';
import { playwright, runChecks, vitest } from './checks.mjs';
import { projectRoot, run, runAsScript } from './process.mjs';

const PROPERTY_RUNS = '5000';
/** A crash point mostly waits: for half a minute an upload that is not there is looked for. */
const CRASHES_AT_ONCE = 8;

/** Each step gives the counts of what it checked. */
const steps = {
  properties: (context) =>
    vitest('mocked', context, {
      args: ['e2e/integration/queue-properties.test.ts'],
      variables: { PROPERTY_RUNS },
    }),
  errors: (context) => playwright('errors', context),
  crashes: (context) => playwright('crashes', context, { args: [`--workers=${CRASHES_AT_ONCE}`] }),
  soak: (context) => playwright('soak', context),
  deletion: (context) => playwright('deletion', context),
  'large-index': () => alone('large-index.ts'),
  'full-index': () => alone('full-index.ts'),
};

/** Main's index alone, in a process that has nothing else. */
async function alone(script) {
  const args = ['--expose-gc', '--import', 'tsx', join('e2e', 'prove', script)];
  // tsx's cache would stay behind in the system's place for temporary files.
  const { code } = await run(process.execPath, args, { env: { ...process.env, TSX_DISABLE_CACHE: '1' } });
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

await runAsScript(() => runChecks(steps, { reports: join(projectRoot, 'out', 'reports', 'proofs') }));
