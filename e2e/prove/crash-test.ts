import { expect, test } from '../harness/test.ts';
import type { CrashPoint } from './crash-point.ts';
import { CRASH_TITLE, reportCrash } from './crash-row.ts';
import { runCrash } from './crash-run.ts';

/** Two starts, the half minute in which an upload is looked for, and a machine that has much else to do. */
const TIMEOUT_MS = 240_000;

/** Makes a test of a crash point: nothing is lost, nothing is there twice, nothing is there in part. */
export function testCrash(point: CrashPoint): void {
  test(`${CRASH_TITLE}${point.name}`, async ({ launchFiles, server, profile }, testInfo) => {
    test.setTimeout(TIMEOUT_MS);
    const row = await runCrash(point, { launchFiles, server, profile });
    await reportCrash(testInfo, row);
    const { lost, duplicated, partial, wrong } = row;
    expect({ lost, duplicated, partial, wrong }).toEqual({
      lost: [],
      duplicated: [],
      partial: [],
      wrong: [],
    });
  });
}
