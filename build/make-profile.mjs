/**
 * `node build/make-profile.mjs NUMBER`: lives with the app as it is now, kills it, and keeps its profile in e2e/profiles/NUMBER
 * for the tests of later versions.
 */
import { join } from 'node:path';
import { withTemporaryFolder } from './background-process.mjs';
import { withDisplay } from './display.mjs';
import { run, runAsScript } from './process.mjs';
import { setUp } from './set-up.mjs';

await runAsScript(async () => {
  const { executablePath } = await setUp({ purpose: 'test' });
  const args = [
    join('build', 'run-typescript.mjs'),
    join('e2e', 'profiles', 'make-profile.ts'),
    ...process.argv.slice(2),
  ];
  return withTemporaryFolder('profile', (folder) =>
    withDisplay(
      async (env) => {
        const own = { ELECTRON_EXECUTABLE: executablePath, TMPDIR: folder };
        return (await run(process.execPath, args, { env: { ...env, ...own } })).code;
      },
      { isForced: true },
    ),
  );
});
