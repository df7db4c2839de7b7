/**
 * `npm test`: everything that must hold, in order, with all results collected. `npm test -- STEP…` runs some of
 * the steps only. The last line is `N passed, N failed`; the exit code is 1 when anything failed.
 */
import { join } from 'node:path';
import { check, compile, playwright, runChecks, vitest } from './checks.mjs';
import { findOldestNode } from './node-lines.mjs';
import { projectRoot, runAsScript } from './process.mjs';

/** Each step gives the counts of what it checked. */
const steps = {
  lint: () => check('@biomejs/biome/bin/biome', ['ci', '.', '--error-on-warnings']),
  types: () => check('typescript/bin/tsc', ['-b']),
  unit: (context) => vitest('unit', context),
  server: (context) => vitest('server', context),
  mocked: (context) => vitest('mocked', context),
  oldest: (context) => vitest('oldest', context, { node: findOldestNode() }),
  build: compile,
  // More than two only make each other wait: these tests do not.
  page: (context) => playwright(['page'], context, { args: ['--workers=2'] }),
  window: (context) => playwright(['window', 'page-in-app'], context),
  packaged: packaged,
};

await runAsScript(() =>
  // Both wait for a third of their time.
  runChecks(steps, { reports: join(projectRoot, 'out', 'reports'), beside: { server: 'window' } }),
);

/** Packages outside the checkout, where the unprivileged user can read what it starts. */
async function packaged(context) {
  await compile();
  const { packageApp, packagedExecutable } = await import('./package.mjs');
  const outputFolder = join(context.folder, 'packaged');
  await packageApp({ electron: context.electron, targets: ['dir'], outputFolder, isSigned: false });
  const { unprivilegedUser } = await import('./electron-runtime.mjs');
  const user = unprivilegedUser();
  const variables = { PACKAGED_APP: packagedExecutable(outputFolder) };
  if (user) variables.PACKAGED_APP_UID = String(user.uid);
  return playwright(['packaged'], context, { variables, user });
}
