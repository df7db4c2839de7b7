/** `npm start`: sets up what is missing and runs the app until its window is closed. */
import { startBackground } from './background-process.mjs';
import { hasDisplay } from './display.mjs';
import { isStartedScript, PlainError, projectRoot, runAsScript } from './process.mjs';
import { setUp } from './set-up.mjs';

if (isStartedScript(import.meta.url)) {
  await runAsScript(async () => {
    const electron = await setUp({ purpose: 'window' });
    if (!hasDisplay()) {
      throw new PlainError(
        'There is no display to show a window on. On a desktop, start again; without one, `npm run demo` shows ' +
          'the app on a virtual display and takes pictures.',
      );
    }
    const { sandboxSwitches } = await import('./electron-runtime.mjs');
    const args = [...sandboxSwitches(), projectRoot, ...process.argv.slice(2)];
    const app = startBackground(electron.executablePath, args, { stdio: 'inherit' });
    const [code] = await new Promise((resolve) => app.once('close', (...result) => resolve(result)));
    return code ?? 1;
  });
}
