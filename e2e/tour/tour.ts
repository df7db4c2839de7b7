import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launchApp } from '../harness/launch-app.ts';
import { createProblemLog } from '../harness/problems.ts';
import { createProfile } from '../harness/profile.ts';
import { addSampleWorkspace } from '../server/sample-workspace.ts';
import { startServer } from '../server/server.ts';
import { createSteps, TourFailure } from './steps.ts';
import { takeTour } from './take-tour.ts';

// `build/run-typescript.mjs e2e/tour/tour.ts`, started by build/demo.mjs: drives the app as a person would, against a server with sample
// files. Exit code 0 only if every step held and nothing went wrong inside the app unseen.

const pictures = join(fileURLToPath(new URL('../..', import.meta.url)), 'out', 'tour');
const server = await startServer();
addSampleWorkspace(server.files, Date.now());
const profile = await createProfile();
const problems = createProblemLog();
try {
  const app = await launchApp({ profile, server, onProblem: problems.add }, { hasKeyInEnvironment: false });
  try {
    await takeTour({ app, server, profile, steps: await createSteps(pictures) });
  } finally {
    await app.quit();
  }
  problems.check();
  process.stdout.write(`All steps held; the pictures are in ${pictures}\n`);
} catch (cause) {
  // The step has told what did not hold.
  if (!(cause instanceof TourFailure)) throw cause;
  process.exitCode = 1;
} finally {
  await profile.remove();
  await server.close();
}
