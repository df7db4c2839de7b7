/**
 * `npm test`: everything that must hold, in order, with all results collected. `npm test -- STEP…` runs some of
 * the steps only. The last line is `N passed, N failed`; the exit code is 1 when anything failed.
 */
import { randomUUID } from 'node:crypto';
import { chmod, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { withTemporaryFolder } from './background-process.mjs';
import { killLeftOverProcesses, markOwnProcesses } from './left-over-processes.mjs';
import { PlainError, projectRoot, run, runAsScript, say } from './process.mjs';
import { setUp } from './set-up.mjs';
import { countPlaywright, countVitest, totalLine } from './test-results.mjs';

const reports = join(projectRoot, 'out', 'reports');

/** Each step gives the counts of what it checked. */
const steps = {
  lint: () => check('@biomejs/biome/bin/biome', ['ci', '.', '--error-on-warnings']),
  types: () => check('typescript/bin/tsc', ['-b']),
  unit: () => vitest('unit'),
  server: () => vitest('server'),
  build: compile,
  window: ({ electron }) => playwright('window', { electron }),
  packaged: packaged,
};

await runAsScript(async () => {
  const names = process.argv.slice(2);
  const unknown = names.filter((name) => !(name in steps));
  if (unknown.length > 0)
    throw new PlainError(`Steps are ${Object.keys(steps).join(', ')}; not ${unknown.join(', ')}.`);
  const electron = await setUp({ purpose: 'test', isCompiled: false });
  const runId = randomUUID();
  markOwnProcesses(runId);
  const results = await withTemporaryFolder('test', async (folder) => {
    // All temporary files of all steps, also those of another user, go with this folder.
    await chmod(folder, 0o1777);
    for (const variable of ['TMPDIR', 'TEMP', 'TMP']) process.env[variable] = folder;
    return runSteps(names.length > 0 ? names : Object.keys(steps), { electron, folder, runId });
  });
  printSummary(results);
  return results.some(({ failed }) => failed > 0) ? 1 : 0;
});

async function runSteps(names, context) {
  await rm(reports, { recursive: true, force: true });
  await mkdir(reports, { recursive: true });
  const results = [];
  for (const name of names) {
    say(`\n── ${name}`);
    const startMs = Date.now();
    const counts = await runStep(steps[name], context);
    // What a step leaves behind counts as its failures.
    const leftOver = killLeftOverProcesses(context.runId);
    for (const { pid, command } of leftOver) say(`Left-over process ${pid}: ${command}`);
    const failed = counts.failed + leftOver.length;
    results.push({ name, ...counts, failed, seconds: (Date.now() - startMs) / 1000 });
  }
  return results;
}

async function runStep(step, context) {
  try {
    return await step(context);
  } catch (error) {
    say(error instanceof PlainError ? error.message : String(error?.stack ?? error));
    return { passed: 0, failed: 1 };
  }
}

async function check(script, args) {
  const { code } = await run(process.execPath, [join(projectRoot, 'node_modules', script), ...args]);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function vitest(project) {
  const report = join(reports, `${project}.json`);
  const cli = join(projectRoot, 'node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { code } = await run(process.execPath, [cli, 'run', `--project=${project}`, ...reporters]);
  return countVitest(await readReport(report), code);
}

async function compile() {
  const { ensureCompiledApp } = await import('./compiled-app.mjs');
  await ensureCompiledApp();
  return { passed: 1, failed: 0 };
}

async function playwright(project, { electron, variables = {}, user }) {
  await compile();
  const { runPlaywright } = await import('./e2e.mjs');
  const report = join(reports, `${project}.json`);
  const env = { ...process.env, ...variables, PLAYWRIGHT_REPORT: report };
  const args = [`--project=${project}`, `--output=${join(projectRoot, 'out', 'playwright', project)}`];
  const { code } = await runPlaywright({ electron, args, env, user });
  return countPlaywright(await readReport(report), code);
}

/** Packages outside the checkout, where the unprivileged user can read what it starts. */
async function packaged({ electron, folder }) {
  await compile();
  const { packageApp, packagedExecutable } = await import('./package.mjs');
  const outputFolder = join(folder, 'packaged');
  await packageApp({ electron, targets: ['dir'], outputFolder, isSigned: false });
  const { unprivilegedUser } = await import('./electron-runtime.mjs');
  const user = unprivilegedUser();
  const variables = { PACKAGED_APP: packagedExecutable(outputFolder) };
  if (user) variables.PACKAGED_APP_UID = String(user.uid);
  return playwright('packaged', { electron, variables, user });
}

async function readReport(path) {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : JSON.parse(text);
}

function printSummary(results) {
  say('');
  for (const { name, passed, failed, seconds, note } of results) {
    const counts = `${passed} passed, ${failed} failed`;
    say(
      `${failed > 0 ? 'FAILED' : 'ok    '} ${name.padEnd(9)} ${counts}${note ? ` (${note})` : ''}, ${seconds.toFixed(1)} s`,
    );
  }
  say(totalLine(results));
}
