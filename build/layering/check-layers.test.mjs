import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { checkLayers, findLayerFaults } from './check-layers.mjs';

const FORMS = [
  (name) => `import x from '${name}'; x();`,
  (name) => `import '${name}';`,
  (name) => `import type { X } from '${name}'; export type Y = X;`,
  (name) => `export { x } from '${name}';`,
  (name) => `export * from '${name}';`,
  (name) => `await import('${name}');`,
  (name) => `await import(\`${name}\`);`,
  (name) => `type X = import('${name}').X; export type Y = X;`,
  (name) => `import x = require('${name}'); x();`,
  (name) => `require('${name}');`,
  (name) => `globalThis.require('${name}');`,
  (name) => `createRequire(import.meta.url)('${name}');`,
];

const FORBIDDEN = [
  [
    'renderer/files/x.tsx',
    ['electron', 'node:fs', 'fs', 'node:child_process', 'zod', 'keytar', '#main/index.ts'],
  ],
  ['renderer/files/x.tsx', ['../../main/index.ts', '../../preload/files.ts', '#app/contract/schemas.ts']],
  [
    'app/files/x.ts',
    ['electron', 'node:path', 'path', 'react', 'zod', '../../main/index.ts', '#main/index.ts'],
  ],
  ['preload/files.ts', ['node:fs', 'fs', 'zod', '../main/index.ts', '#app/contract/schemas.ts']],
  [
    'main/index.ts',
    ['react', '../renderer/main.tsx', '../preload/files.ts', '../e2e/server/server.ts', 'fs'],
  ],
  ['e2e/server/server.ts', ['../../main/index.ts', '../../renderer/main.tsx', 'fs']],
];

describe('layering', () => {
  for (const [file, specifiers] of FORBIDDEN) {
    it.each(specifiers)(`${file} may not import %s, in any form`, (specifier) => {
      for (const form of FORMS) {
        expect(findLayerFaults(file, form(specifier)), form(specifier)).not.toEqual([]);
      }
    });
  }

  it('refuses an import whose source is computed', () => {
    expect(findLayerFaults('renderer/x.ts', "const name = 'electron'; await import(name);")).toHaveLength(1);
  });

  it('refuses require outside main', () => {
    expect(findLayerFaults('renderer/x.ts', "require('./y.ts');")).toHaveLength(1);
  });

  it.each([
    ['renderer/files/x.tsx', "import { x } from '#app/errors.ts'; import y from 'react'; import './x.css';"],
    [
      'main/index.ts',
      "import { app } from 'electron'; import fs from 'node:fs'; import x from '#app/limits.ts';",
    ],
    ['app/contract/schemas.ts', "import * as z from 'zod';"],
    ['app/contract/app-error-schema.ts', "import * as z from 'zod';"],
    ['preload/files.ts', "import { ipcRenderer } from 'electron'; import x from '#app/contract/bridge.ts';"],
    ['e2e/integration/x.test.ts', "import x from '../../main/ipc/register-bridge.ts';"],
  ])('lets %s import what the table lists', (file, source) => {
    expect(findLayerFaults(file, source)).toEqual([]);
  });

  it('holds for every source file of the project', () => {
    const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.ts', '*.tsx'], {
      encoding: 'utf8',
    })
      .split('\n')
      .filter((file) => /^(app|main|preload|renderer|e2e)\//.test(file));
    expect(files.length).toBeGreaterThan(50);
    expect(checkLayers(files)).toEqual([]);
  });
});
