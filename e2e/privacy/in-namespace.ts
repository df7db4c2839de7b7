import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { launchApp } from '../harness/launch-app.ts';
import { createProblemLog } from '../harness/problems.ts';
import { createProfile, UNDO_MS } from '../harness/profile.ts';
import { startServer } from '../server/server.ts';
import { lookUpNames, toLookedUpNames } from './look-up-names.ts';
import { type NetworkSink, startNetworkSink } from './network-sink.ts';
import { goThroughSession } from './whole-session.ts';

// `build/run-typescript.mjs e2e/privacy/in-namespace.ts`, started by run-in-namespace.ts in a network of its own: prints
// as its last line what the app asked that network for, and what an app without locks did.

const RESOLVED_BY_MAIN = 'resolved-by-main.test';

/** Names and addresses asked for. */
async function observeApp(sink: NetworkSink) {
  const server = await startServer();
  const profile = await createProfile({ undoSeconds: UNDO_MS / 1000 });
  const app = await launchApp(
    { profile, server, onProblem: createProblemLog().add },
    { hasKeyInEnvironment: false },
  );
  try {
    const { page } = await goThroughSession({ app, server, profile });
    const inSession = sink.asked();
    await page.evaluate(lookUpNames, 'files');
    // The requests' own look-ups go on; when this one has arrived, so would what the pages asked before.
    await app.electron.evaluate(
      ({ session }, name) => session.fromPartition('openrouter').resolveHost(name),
      RESOLVED_BY_MAIN,
    );
    await sink.waitFor([RESOLVED_BY_MAIN]);
    return { inSession, afterAttacks: sink.asked() };
  } finally {
    await app.quit();
    await profile.remove();
    await server.close();
  }
}

/** The same attack in a window without locks; rejects unless its names arrive. */
async function observePlainApp(sink: NetworkSink): Promise<void> {
  const profile = await createProfile();
  const app = spawn(
    process.env['ELECTRON_EXECUTABLE'] ?? '',
    [
      '--no-sandbox',
      '--disable-gpu',
      `--user-data-dir=${profile.userDataFolder}`,
      fileURLToPath(new URL('plain-app', import.meta.url)),
    ],
    { env: { ...process.env, PAGE_SCRIPT: `(${String(lookUpNames)})('plain')` }, stdio: 'ignore' },
  );
  const exited = once(app, 'exit');
  try {
    await sink.waitFor(toLookedUpNames('plain'));
  } finally {
    app.kill();
    await exited;
    await profile.remove();
  }
}

const sink = await startNetworkSink();
const observed = await observeApp(sink);
await observePlainApp(sink);
process.stdout.write(`\n${JSON.stringify(observed)}\n`);
