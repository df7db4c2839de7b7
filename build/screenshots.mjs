/** `npm run screenshots`: makes docs/screenshots/ anew, on a virtual display, with a keychain of its own. */
import { join } from 'node:path';
import { withTemporaryFolder } from './background-process.mjs';
import { withDisplay } from './display.mjs';
import { run, runAsScript } from './process.mjs';
import { withSecretService } from './secret-service.mjs';
import { setUp } from './set-up.mjs';

await runAsScript(async () => {
  const { executablePath } = await setUp({ purpose: 'test' });
  const script = join('e2e', 'screenshots', 'take-screenshots.ts');
  // Names of scenes, or none for all of them.
  const args = [join('build', 'run-typescript.mjs'), script, ...process.argv.slice(2)];
  return withTemporaryFolder('screenshots', (folder) =>
    withSecretService((serviceEnv) =>
      withDisplay(
        async (env) => {
          const own = { ELECTRON_EXECUTABLE: executablePath, TMPDIR: folder };
          return (await run(process.execPath, args, { env: { ...env, ...own } })).code;
        },
        { env: serviceEnv, isForced: true },
      ),
    ),
  );
});
