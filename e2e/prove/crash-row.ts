import type { TestInfo } from '@playwright/test';
import type { Verdict } from './verdict.ts';

/** How a crash ended: one line of the matrix. */
export interface CrashRow extends Verdict {
  readonly point: string;
  /** States of the transfers as the record on disk told them when the app was dead. */
  readonly atKill: string;
  readonly atEnd: string;
  /** Requests to upload that the server has seen. */
  readonly uploadRequests: number;
  /** New files on the server, and how many were to be uploaded. */
  readonly onServer: string;
  /** Files in the folder for saves, and how many were to be saved. */
  readonly onDisk: string;
}

/** What the name of a crash point's test begins with. */
export const CRASH_TITLE = 'killed: ';

/** The name under which a test gives its row to the report. */
export const CRASH_ROW = 'crash-row.json';

/** Gives a row to the report, which prints all of them as one table. */
export async function reportCrash(testInfo: TestInfo, row: CrashRow): Promise<void> {
  await testInfo.attach(CRASH_ROW, { body: JSON.stringify(row), contentType: 'application/json' });
}
