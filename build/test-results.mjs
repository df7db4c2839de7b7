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

/** The tests of all reports that took longest, with the time that each took in milliseconds. */
export function findSlowest(reports, count) {
  const tests = reports.flatMap((report) => [
    ...(report?.testResults ?? []).flatMap(({ assertionResults }) =>
      assertionResults.map(({ fullName, duration }) => ({ title: fullName, ms: duration ?? 0 })),
    ),
    ...(report?.suites ?? []).flatMap(listPlaywrightTests),
  ]);
  return tests.sort((a, b) => b.ms - a.ms).slice(0, count);
}

function listPlaywrightTests({ suites = [], specs = [] }) {
  const own = specs.flatMap(({ title, tests }) =>
    tests.map(({ results }) => ({ title, ms: results.reduce((sum, { duration }) => sum + duration, 0) })),
  );
  return [...own, ...suites.flatMap(listPlaywrightTests)];
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
