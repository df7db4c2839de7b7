/**
 * `npm run prove`: what `npm test` shows in short, at length. `npm run prove -- STEP…` runs some of the
 * steps only. The last line is `N passed, N failed`; the exit code is 1 when anything failed.
 */
import { join } from 'node:path';
import { playwright, runChecks, vitest } from './checks.mjs';
import { projectRoot, run, runAsScript } from './process.mjs';

const PROPERTY_RUNS = '5000';
const POWER_CUT_SEEDS = '400';
/** A crash point mostly waits: for half a minute an upload that is not there is looked for. */
const CRASHES_AT_ONCE = 8;

/** Each step gives the counts of what it checked. */
const steps = {
  properties: (context) =>
    vitest('mocked', context, {
      args: ['e2e/integration/queue-properties.test.ts'],
      variables: { PROPERTY_RUNS },
    }),
  'power-cuts': (context) =>
    vitest('unit', context, {
      args: ['main/store/sqlite/power-cut.test.ts'],
      variables: { POWER_CUT_SEEDS },
    }),
  errors: (context) => playwright(['errors'], context),
  crashes: (context) => playwright(['crashes'], context, { args: [`--workers=${CRASHES_AT_ONCE}`] }),
  soak: (context) => playwright(['soak'], context),
  deletion: (context) => playwright(['deletion'], context),
  'large-index': (context) => alone('large-index.ts', context),
  'full-index': (context) => alone('full-index.ts', context),
};

/**
 * Main's index alone, in a process that has nothing else. Electron runs it as Node, as memory is a matter
 * of the allocator: Node's own (glibc's malloc) now and then keeps twice of what is in use.
 */
async function alone(script, { electron }) {
  const args = ['--expose-gc', '--import', 'tsx', join('e2e', 'prove', script)];
  // tsx's cache would stay behind in the system's place for temporary files.
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1', TSX_DISABLE_CACHE: '1' };
  const { code } = await run(electron.executablePath, args, { env });
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

await runAsScript(() =>
  runChecks(steps, {
    reports: join(projectRoot, 'out', 'reports', 'proofs'),
    // The crash points mostly wait.
    beside: { 'power-cuts': 'crashes' },
  }),
);
