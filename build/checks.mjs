/** What `npm test` and `npm run prove` are made of: steps in order, each with counts of what it checked. */
import { randomUUID } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { withTemporaryFolder } from './background-process.mjs';
import { findBroken, readGuarantees } from './guarantees.mjs';
import { killLeftOverProcesses, markOwnProcesses } from './left-over-processes.mjs';
import { findShippedNode } from './node-lines.mjs';
import { PlainError, projectRoot, run, say } from './process.mjs';
import { setUp } from './set-up.mjs';
import { countPlaywright, countVitest, findSlowest, totalLine } from './test-results.mjs';

const SLOWEST_TOLD = 5;

/**
 * Runs the steps that the command line names, or all, with all results collected. The last line is
 * `N passed, N failed`; gives the exit code, 1 when anything failed. A step gets `{ electron, folder, reports }` (a
 * temporary folder, and a lasting one for reports) and gives the counts of what it checked. Of steps that mostly wait,
 * `beside` names the one that each runs beside, when both are wanted: what it prints is shown when both have ended.
 */
export async function runChecks(steps, { reports, beside = {} }) {
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
    await rm(reports, { recursive: true, force: true });
    await mkdir(reports, { recursive: true });
    process.env.APP_STARTS_FILE = join(reports, 'app-starts.txt');
    const wanted = names.length > 0 ? names : Object.keys(steps);
    return runSteps(steps, toGroups(wanted, beside), { electron, folder, reports, runId });
  });
  const ran = await readReports(reports);
  await printCosts(ran);
  results.push(checkGuarantees(await readGuarantees(), ran));
  printSummary(results);
  return results.some(({ failed }) => failed > 0) ? 1 : 0;
}

/** Runs a package's script, which passes or fails as a whole. */
export async function check(script, args) {
  const { code } = await run(process.execPath, [join(projectRoot, 'node_modules', script), ...args]);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/**
 * Runs a project of Vitest's, or those of its files that `args` name, on the Node line of the Electron that ships unless
 * another `node` is given.
 */
export async function vitest(project, { reports, output }, options = {}) {
  const { args = [], variables = {}, node = findShippedNode() } = options;
  const report = join(reports, `${project}.json`);
  const cli = join(projectRoot, 'node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { code, output: printed } = await run(
    node.path,
    [cli, 'run', `--project=${project}`, ...reporters, ...args],
    { env: { ...process.env, ...variables }, echo: output === undefined },
  );
  output?.push(printed);
  say(`On Node ${node.version}`);
  return countVitest(await readReport(report), code);
}

/** Makes the compiled app. */
export async function compile() {
  const { ensureCompiledApp } = await import('./compiled-app.mjs');
  await ensureCompiledApp();
  return { passed: 1, failed: 0 };
}

/** Runs projects of Playwright's on the compiled app. */
export async function playwright(projects, { electron, reports }, { args = [], variables = {}, user } = {}) {
  await compile();
  const { runPlaywright } = await import('./e2e.mjs');
  const [name] = projects;
  const report = join(reports, `${name}.json`);
  const env = { ...process.env, ...variables, PLAYWRIGHT_REPORT: report };
  const output = `--output=${join(projectRoot, 'out', 'playwright', name)}`;
  const { code } = await runPlaywright({
    electron,
    args: [...projects.map((project) => `--project=${project}`), output, ...args],
    env,
    user,
  });
  return countPlaywright(await readReport(report), code);
}

/** The wanted steps in order, each with those that run beside it. */
function toGroups(wanted, beside) {
  const isBeside = (name) => wanted.includes(beside[name]);
  return wanted
    .filter((name) => !isBeside(name))
    .map((name) => [name, ...wanted.filter((other) => isBeside(other) && beside[other] === name)]);
}

async function runSteps(steps, groups, context) {
  const results = [];
  for (const group of groups) {
    say(`\n── ${group.join(', and beside it ')}`);
    const ended = await Promise.all(
      group.map(async (name, place) => {
        const startMs = Date.now();
        const output = place === 0 ? undefined : [];
        const counts = await runStep(steps[name], { ...context, output });
        return { name, ...counts, seconds: (Date.now() - startMs) / 1000, output };
      }),
    );
    for (const { name, output } of ended) if (output) say([`\n── ${name}`, ...output].join('\n'));
    // What a group leaves behind counts as its first step's failures.
    const leftOver = killLeftOverProcesses(context.runId);
    for (const { pid, command } of leftOver) say(`Left-over process ${pid}: ${command}`);
    ended[0].failed += leftOver.length;
    results.push(...ended);
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

/** What the run took most: its slowest tests, and how often the app was started. */
async function printCosts(ran) {
  const starts = await readFile(process.env.APP_STARTS_FILE, 'utf8').catch(() => '');
  say('\nThe slowest tests:');
  for (const { title, ms } of findSlowest(ran, SLOWEST_TOLD))
    say(`${(ms / 1000).toFixed(1).padStart(6)} s  ${title}`);
  say(`The app was started ${starts.split('\n').length - 1} times.`);
}

/** Counts the guarantees of docs/guarantees.md that the tests of this run are to hold and do not as one failure. */
function checkGuarantees(guarantees, ran) {
  const broken = findBroken(guarantees, ran);
  for (const line of broken) say(`Guarantee without a test that holds it: ${line}`);
  const counts = broken.length === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  return { name: 'guarantees', ...counts, seconds: 0 };
}

/** What the runners have reported, of each project. */
async function readReports(folder) {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  return Promise.all(names.map((name) => readReport(join(folder, name))));
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
      `${failed > 0 ? 'FAILED' : 'ok    '} ${name.padEnd(10)} ${counts}${note ? ` (${note})` : ''}, ${seconds.toFixed(1)} s`,
    );
  }
  say(totalLine(results));
}
