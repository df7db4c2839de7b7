import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';
import { toMatrix } from './crash-matrix.ts';
import { CRASH_ROW, CRASH_TITLE, type CrashRow } from './crash-row.ts';

/** The name under which a test gives figures to the report, as text. */
export const FIGURES = 'figures.txt';

/** Prints what tests have found, beyond whether they passed: the matrix of crashes, and figures. */
// biome-ignore lint/style/noDefaultExport: Playwright reads the default export.
export default class FindingsReporter implements Reporter {
  readonly #rows: CrashRow[] = [];
  #endlessCount = 0;
  readonly #figures: string[] = [];

  onTestEnd({ title }: TestCase, { attachments }: TestResult): void {
    if (title.startsWith(CRASH_TITLE) && !attachments.some(({ name }) => name === CRASH_ROW)) {
      this.#endlessCount += 1;
    }
    for (const { name, body } of attachments) {
      if (!body) continue;
      // Written by `reportCrash`.
      if (name === CRASH_ROW) this.#rows.push(JSON.parse(body.toString('utf8')) as CrashRow);
      if (name === FIGURES) this.#figures.push(body.toString('utf8'));
    }
  }

  onEnd(): void {
    const rows = this.#rows.toSorted((one, other) => (one.point < other.point ? -1 : 1));
    const texts = [
      ...(rows.length + this.#endlessCount > 0 ? [toMatrix(rows, this.#endlessCount)] : []),
      ...this.#figures,
    ];
    for (const text of texts) process.stdout.write(`\n${text}\n`);
  }
}
