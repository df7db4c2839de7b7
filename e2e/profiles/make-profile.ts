import { access, mkdir } from 'node:fs/promises';
import { killApp } from '../harness/kill-app.ts';
import { launchApp, type RunningApp } from '../harness/launch-app.ts';
import { createProfile } from '../harness/profile.ts';
import { type LocalServer, startServer } from '../server/server.ts';
import { findProfileFolder } from './copy-profile.ts';
import { fillProfileServer, leaveUnfinished, livePeacefully, type Stage } from './profile-life.ts';
import { takeProfile } from './take-profile.ts';

// `build/run-typescript.mjs e2e/profiles/make-profile.ts NUMBER`, started by build/make-profile.mjs: lives with the app for a
// while, kills it in the middle of its work, and keeps what it has on disk.

const number = Number(process.argv[2]);
if (!Number.isInteger(number) || number < 1) throw new Error('Say which profile: 1, 2, …');
const folder = findProfileFolder(number);
const isThere = await access(folder).then(
  () => true,
  () => false,
);
if (isThere)
  throw new Error(`${folder} is there already: a profile of an older version cannot be made again`);

const profile = await createProfile({ undoSeconds: 7 });
// Ids of its own: the servers of tests, which go on from here, make theirs up from another start.
const server = await startServer({ seed: 1000 + number });
try {
  fillProfileServer(server);
  await withApp(server, async (stage) => {
    await livePeacefully(stage);
    await stage.app.quit();
  });
  await withApp(server, async (stage) => {
    await leaveUnfinished(stage);
    await killApp(stage.app);
  });
  await mkdir(folder, { recursive: true });
  await takeProfile(folder, { profile, server });
} finally {
  await server.close();
  await profile.remove();
}

async function withApp(from: LocalServer, live: (stage: Stage) => Promise<void>): Promise<void> {
  const app: RunningApp = await launchApp({ profile, server: from, onProblem: () => undefined });
  try {
    await live({ app, profile, server: from, files: await app.filesWindow() });
  } finally {
    if (!app.hasEnded()) await app.quit();
  }
}
