/**
 * `npm run bench`: measures the app against its limits on a virtual display. Prints a table, writes out/bench.json,
 * and fails when a figure is over its limit. `-- NAME…` measures some figures only.
 */
import { join } from 'node:path';
import { withTemporaryFolder } from './background-process.mjs';
import { withDisplay } from './display.mjs';
import { PlainError, run, runAsScript, say } from './process.mjs';
import { setUp } from './set-up.mjs';

await runAsScript(async () => {
  if (process.platform !== 'linux') {
    throw new PlainError('The measurements read /proc, so they run on Linux only.');
  }
  const electron = await setUp({ purpose: 'display' });
  const { packageApp, packagedExecutable } = await import('./package.mjs');
  return withTemporaryFolder('bench', async (folder) => {
    say('Packaging, to measure its size …');
    const packaged = join(folder, 'packaged');
    await packageApp({ electron, targets: ['dir'], outputFolder: packaged, isSigned: false });
    const args = [
      // The bench speaks to the main process' inspector; before Node 22 a WebSocket must be asked for.
      '--experimental-websocket',
      join('build', 'run-typescript.mjs'),
      join('e2e', 'bench', 'bench.ts'),
      ...process.argv.slice(2),
    ];
    const variables = {
      ELECTRON_EXECUTABLE: electron.executablePath,
      PACKAGED_APP: packagedExecutable(packaged),
      TMPDIR: folder,
    };
    return withDisplay(
      async (env) => (await run(process.execPath, args, { env: { ...env, ...variables } })).code,
      { isForced: true },
    );
  });
});
