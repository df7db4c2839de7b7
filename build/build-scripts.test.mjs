import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const folder = dirname(fileURLToPath(import.meta.url));
const scripts = readdirSync(folder).filter((name) => /(?<!\.test)\.mjs$/.test(name));

test.each(scripts)('%s loads without any npm package', (script) => {
  const source = readFileSync(join(folder, script), 'utf8');
  const imports = [...source.matchAll(/^(?:import|export)\b[^'"]*?\bfrom\s+'([^']+)'|^import\s+'([^']+)'/gm)];
  const foreign = imports.map((match) => match[1] ?? match[2]).filter((name) => !/^(node:|\.\/)/.test(name));
  expect(foreign).toEqual([]);
});
