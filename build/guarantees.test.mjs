import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findBroken, parseGuarantees, readGuarantees } from './guarantees.mjs';
import { projectRoot } from './process.mjs';

const LINE = { guarantee: 'It holds.', file: 'a/b.test.ts', title: 'holds' };

const report = (status, title = 'it holds') => ({
  testResults: [{ name: '/x/a/b.test.ts', assertionResults: [{ fullName: title, status, duration: 1 }] }],
});

describe('guarantees', () => {
  it('are each held by a test whose file is there', async () => {
    const guarantees = await readGuarantees();
    expect(guarantees.length).toBeGreaterThan(30);
    for (const { file } of guarantees) await readFile(join(projectRoot, file), 'utf8');
  });

  it('are read from a table', () => {
    const text = '| guarantee | test |\n| --- | --- |\n| It holds. | `a/b.test.ts`: holds |\n';
    expect(parseGuarantees(text)).toEqual([LINE]);
    expect(() => parseGuarantees('| It holds. | somewhere |')).toThrow('Not a line of guarantees');
  });

  it('hold when each test with the title has passed', () => {
    expect(findBroken([LINE], [report('passed')])).toEqual([]);
  });

  it('are not looked at where their file has not run', () => {
    expect(findBroken([{ ...LINE, file: 'c.test.ts' }], [report('passed')])).toEqual([]);
  });

  it.each([
    ['failed', report('failed'), 'was skipped or failed'],
    ['was skipped', report('skipped'), 'was skipped or failed'],
    ['is not there any more', report('passed', 'another'), 'has no such test'],
  ])('are broken when the test %s', (_name, ran, words) => {
    expect(findBroken([LINE], [ran])).toEqual([expect.stringContaining(words)]);
  });

  it('are looked for among Playwright’s tests too', () => {
    const ran = (status) => ({
      config: { rootDir: '/x' },
      suites: [
        {
          file: 'a/b.test.ts',
          suites: [{ specs: [{ file: 'other.ts', title: 'it holds', tests: [{ status, results: [] }] }] }],
        },
      ],
    });
    expect(findBroken([LINE], [ran('expected')])).toEqual([]);
    expect(findBroken([LINE], [ran('skipped')])).toHaveLength(1);
  });
});
