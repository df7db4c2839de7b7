/** Renders build/installer/icon.svg to icon.png, from which electron-builder makes every platform's icon. */
import { join } from 'node:path';
import { withTemporaryFolder } from './background-process.mjs';
import { withDisplay } from './display.mjs';
import { sandboxSwitches } from './electron-runtime.mjs';
import { PlainError, projectRoot, run, runAsScript } from './process.mjs';
import { setUp } from './set-up.mjs';

await runAsScript(async () => {
  const electron = await setUp({ purpose: 'display', isCompiled: false });
  const installer = join(projectRoot, 'build', 'installer');
  const icon = { ICON_SVG: join(installer, 'icon.svg'), ICON_PNG: join(installer, 'icon.png') };
  await withTemporaryFolder('icon', (profile) =>
    withDisplay(async (env) => {
      const renderer = join(projectRoot, 'build', 'icon-renderer');
      const args = [...sandboxSwitches(), `--user-data-dir=${profile}`, renderer];
      const { code } = await run(electron.executablePath, args, { env: { ...env, ...icon } });
      if (code !== 0) throw new PlainError('The icon could not be rendered.');
    }),
  );
});
