import { describe, expect, test } from 'vitest';
import { countPlaywright, countVitest, totalLine } from './test-results.mjs';

describe('countVitest', () => {
  test('takes the counts of a good run', () => {
    expect(countVitest({ numPassedTests: 5, numFailedTests: 0, numPendingTests: 0 }, 0)).toEqual({
      passed: 5,
      failed: 0,
    });
  });
  test('fails a run without tests, without a report, or with a file that did not load', () => {
    expect(countVitest({ numPassedTests: 0, numFailedTests: 0 }, 0).failed).toBe(1);
    expect(countVitest(undefined, 1).failed).toBe(1);
    expect(countVitest({ numPassedTests: 5, numFailedTests: 0 }, 1).failed).toBe(1);
  });
});

describe('countPlaywright', () => {
  test('counts flaky tests as failed and names skipped ones', () => {
    const stats = { expected: 3, unexpected: 1, flaky: 1, skipped: 2 };
    expect(countPlaywright({ stats }, 1)).toEqual({ passed: 3, failed: 2, note: '2 skipped' });
  });
  test('fails a run whose tests were all skipped', () => {
    expect(countPlaywright({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 4 } }, 0).failed).toBe(
      1,
    );
  });
});

test('the last line sums up', () => {
  const results = [
    { passed: 2, failed: 0 },
    { passed: 3, failed: 1 },
  ];
  expect(totalLine(results)).toBe('5 passed, 1 failed');
});
