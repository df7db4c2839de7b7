import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from './process.mjs';
import { listTests } from './test-results.mjs';

/**
 * A line of docs/guarantees.md: what a person can rely on, and a part of the title of the test in `file` that holds it.
 * @typedef {{ guarantee: string, file: string, title: string }} Guarantee
 */

/** @returns {Promise<readonly Guarantee[]>} All lines of docs/guarantees.md. */
export async function readGuarantees() {
  return parseGuarantees(await readFile(join(projectRoot, 'docs', 'guarantees.md'), 'utf8'));
}

/** @returns {readonly Guarantee[]} The lines of a text in the form of docs/guarantees.md; throws for one in another form. */
export function parseGuarantees(text) {
  const rows = text
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (guarantee \||---)/.test(line));
  return rows.map((row) => {
    const [, guarantee, file, title] = /^\| (.+?) \| `([^`]+)`: (.+?) \|$/.exec(row) ?? [];
    if (title === undefined) throw new Error(`Not a line of guarantees: ${row}`);
    return { guarantee, file, title };
  });
}

/**
 * Says which guarantees the reports of a run do not show to hold: a test that they lack, or that was skipped or failed.
 * A guarantee whose file is in no report was not looked at.
 * @returns {readonly string[]}
 */
export function findBroken(guarantees, reports) {
  const tests = reports.flatMap(listTests);
  return guarantees.flatMap(({ guarantee, file, title }) => {
    const ofFile = tests.filter((test) => test.file.endsWith(file));
    const named = ofFile.filter((test) => test.title.includes(title));
    const isHeld = named.length > 0 && named.every(({ status }) => status === 'passed');
    if (ofFile.length === 0 || isHeld) return [];
    return [
      `${guarantee} (${file}: ${title}) ${named.length === 0 ? 'has no such test' : 'was skipped or failed'}`,
    ];
  });
}
