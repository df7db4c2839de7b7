/**
 * `npm run demo`: the app against the local OpenRouter server with sample files. With a display it is a person's to
 * use until they quit; without one, or with `-- --tour`, a tour is taken on a virtual display instead.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import {
  startBackground,
  stopBackground,
  waitForOutput,
  withTemporaryFolder,
} from './background-process.mjs';
import { hasDisplay, withDisplay } from './display.mjs';
import { findLeftOverProcesses, markOwnProcesses } from './left-over-processes.mjs';
import { projectRoot, run, runAsScript, say } from './process.mjs';
import { withSecretService } from './secret-service.mjs';
import { setUp } from './set-up.mjs';

await runAsScript(async () => {
  const isTour = process.argv.includes('--tour') || !hasDisplay();
  const electron = await setUp({ purpose: isTour ? 'test' : 'window' });
  return isTour ? takeTour(electron) : showApp(electron);
});

/** Leaves the app to the person in front of it, with a profile of its own; the server ends with it. */
async function showApp({ executablePath }) {
  const { sandboxSwitches } = await import('./electron-runtime.mjs');
  return withTemporaryFolder('demo', async (profile) => {
    const server = startServer();
    try {
      const [line] = await waitForOutput(server, server.stdout, /^\{.*\}$/m);
      const { baseUrl, apiKey } = JSON.parse(line);
      say(`The local server holds 40 sample files: ${baseUrl}\nQuit the app to end the demo.`);
      const app = startBackground(
        executablePath,
        [...sandboxSwitches(), `--user-data-dir=${profile}`, projectRoot],
        {
          stdio: 'inherit',
          env: { ...process.env, OPENROUTER_API_KEY: apiKey, OPENROUTER_BASE_URL: baseUrl },
        },
      );
      return await new Promise((resolve) => app.once('close', (code) => resolve(code ?? 1)));
    } finally {
      await stopBackground(server);
    }
  });
}

function startServer() {
  const args = ['--import', 'tsx', join('e2e', 'server', 'serve.ts'), '--sample'];
  return startBackground(process.execPath, args, {
    cwd: projectRoot,
    // Its cache would stay behind in the system's place for temporary files.
    env: { ...process.env, TSX_DISABLE_CACHE: '1' },
    // The open input is what keeps the server running: it ends with this script, however that ends.
    stdio: ['pipe', 'pipe', 'inherit'],
  });
}

/** Every step is printed with its result; the pictures are in out/tour. */
async function takeTour(electron) {
  const runId = randomUUID();
  markOwnProcesses(runId);
  const code = await withTemporaryFolder('tour', (folder) =>
    withSecretService((serviceEnv) =>
      withDisplay((env) => runTour(electron, { ...env, TMPDIR: folder }), {
        env: serviceEnv,
        isForced: true,
      }),
    ),
  );
  const leftOver = await findLeftOverProcesses(runId);
  for (const { pid, command } of leftOver) say(`✗ Process ${pid} is still there: ${command}`);
  return leftOver.length > 0 ? 1 : code;
}

async function runTour({ executablePath }, env) {
  const args = [join('build', 'run-typescript.mjs'), join('e2e', 'tour', 'tour.ts')];
  const { code } = await run(process.execPath, args, {
    env: { ...env, ELECTRON_EXECUTABLE: executablePath },
  });
  return code;
}
