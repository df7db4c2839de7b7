import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findOpenSwitches } from './exhaustive-switches.mjs';

const toSource = (value, end) => `switch (${value}) { case 'a': break; ${end} }`;

describe('a switch over a union', () => {
  it.each(['', 'default: break;', "default: throw new Error('new');", 'default: note(kind);'])(
    'may not end in %j',
    (end) => expect(findOpenSwitches('app/x.ts', toSource('kind', end))).toHaveLength(1),
  );

  it.each(['default: assertNever(kind);', 'default: return assertNever(kind);'])('may end in %j', (end) => {
    expect(findOpenSwitches('app/x.ts', `function f() { ${toSource('kind', end)} }`)).toEqual([]);
  });

  it('ends in assertNever in every source file of the project', () => {
    const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.ts', '*.tsx'], {
      encoding: 'utf8',
    })
      .split('\n')
      .filter((file) => /^(app|main|preload|renderer|e2e)\//.test(file));
    expect(files.length).toBeGreaterThan(50);
    expect(files.flatMap((file) => findOpenSwitches(file, readFileSync(file, 'utf8')))).toEqual([]);
  });
});
