import { join } from 'node:path';

/**
 * What the runners' JSON reports say, as counts. A runner that failed without a failed test (a file that does not
 * load, a crash) and a runner without tests count as one failure.
 * @typedef {{ passed: number, failed: number, note?: string }} Counts
 */

/** @returns {Counts} */
export function countVitest(report, exitCode) {
  return complete(report?.numPassedTests, report?.numFailedTests, report?.numPendingTests, exitCode);
}

/** @returns {Counts} */
export function countPlaywright(report, exitCode) {
  const { expected, unexpected = 0, flaky = 0, skipped } = report?.stats ?? {};
  return complete(expected, unexpected + flaky, skipped, exitCode);
}

/**
 * The tests of a report of either runner: in which file, whether it `passed`, and its time in milliseconds.
 * @typedef {{ file: string, title: string, status: string, ms: number }} TestResult
 * @returns {readonly TestResult[]}
 */
export function listTests(report) {
  const ofVitest = (report?.testResults ?? []).flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ fullName, status, duration }) => ({
      file: name,
      title: fullName,
      status,
      ms: duration ?? 0,
    })),
  );
  const ofPlaywright = (report?.suites ?? []).flatMap((suite) =>
    listPlaywrightTests(suite, join(report.config.rootDir, suite.file)),
  );
  return [...ofVitest, ...ofPlaywright];
}

/** The tests of all reports that took longest. */
export function findSlowest(reports, count) {
  return reports
    .flatMap(listTests)
    .sort((a, b) => b.ms - a.ms)
    .slice(0, count);
}

/** `file` is the one that Playwright has run: a test may be declared in another. */
function listPlaywrightTests({ suites = [], specs = [] }, file) {
  const own = specs.flatMap(({ title, tests }) =>
    tests.map(({ status, results }) => ({
      file,
      title,
      status: status === 'expected' ? 'passed' : status,
      ms: results.reduce((sum, { duration }) => sum + duration, 0),
    })),
  );
  return [...own, ...suites.flatMap((suite) => listPlaywrightTests(suite, file))];
}

/** The last line of `npm test`. */
export function totalLine(results) {
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  return `${sum('passed')} passed, ${sum('failed')} failed`;
}

function complete(passed = 0, failed = 0, skipped = 0, exitCode = 0) {
  const note = skipped > 0 ? `${skipped} skipped` : undefined;
  if (failed === 0 && passed === 0) return { passed, failed: 1, note: 'ran no test' };
  if (failed === 0 && exitCode !== 0) return { passed, failed: 1, note: `exit code ${exitCode}` };
  return { passed, failed, ...(note && { note }) };
}
