import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const folder = dirname(fileURLToPath(import.meta.url));
const manifest = JSON.parse(readFileSync(join(folder, '..', 'package.json'), 'utf8'));
const commands = Object.values(manifest.scripts).flatMap(
  (line) => /^node build\/(\S+)$/.exec(line)?.[1] ?? [],
);

test('there are commands to look at', () => {
  expect(commands).toEqual(
    expect.arrayContaining(['start.mjs', 'demo.mjs', 'test.mjs', 'bench.mjs', 'package.mjs']),
  );
});

test.each(commands)('%s starts on a machine without npm packages', (script) => {
  expect(findPackages(script)).toEqual([]);
});

/** The npm packages that a script and what it loads with it import at once, not later with `import()`. */
function findPackages(script, seen = new Set()) {
  if (seen.has(script)) return [];
  seen.add(script);
  const source = readFileSync(join(folder, script), 'utf8');
  const statements = source.matchAll(/^(?:import|export)\b[^'";]*?\bfrom\s+'([^']+)'|^import\s+'([^']+)'/gm);
  return [...statements].flatMap((match) => {
    const name = match[1] ?? match[2];
    if (name.startsWith('node:')) return [];
    return name.startsWith('./') ? findPackages(name.slice(2), seen) : [`${script}: ${name}`];
  });
}
