/**
 * Which folder may import what. A folder may always import itself. What is not listed is refused, in every form of
 * import. `folders` go through the subpath import `#app/…` or, where no alias exists, by relative path.
 */
export const LAYERS = [
  // The validators pull zod in, which must stay out of the sandbox and of the window.
  { files: /^app\/contract\/[a-z-]*schemas?(\.test)?\.ts$/, packages: ['zod'], folders: [] },
  { files: /^app\//, packages: [], folders: [], refused: [/^app\/contract\/[a-z-]*schemas?\.ts$/] },
  {
    files: /^main\//,
    packages: [
      'node:',
      'electron',
      'electron-log',
      'file-type',
      'keytar',
      '@photostructure/sqlite',
      'socks',
      'write-file-atomic',
      'yauzl',
      'zod',
    ],
    folders: ['app'],
    mayRequire: true,
  },
  {
    files: /^preload\//,
    packages: ['electron'],
    folders: ['app'],
    refused: [/^app\/contract\/[a-z-]*schemas?\.ts$/],
  },
  {
    files: /^renderer\//,
    packages: [
      'react',
      'react-dom',
      'react-aria-components',
      'react-aria',
      'react-stately',
      '@tanstack/react-query',
      '@tanstack/react-virtual',
      'lucide-react',
    ],
    folders: ['app'],
    refused: [/^app\/contract\/[a-z-]*schemas?\.ts$/],
  },
  // Main's code and the preload script's against the local server or each other, in one process.
  { files: /^e2e\/integration\//, packages: ['*'], folders: ['app', 'main', 'preload'], mayRequire: true },
  // The window's page in a browser, over main's code and the preload script's.
  { files: /^e2e\/browser\//, packages: ['*'], folders: ['app', 'main', 'preload'], mayRequire: true },
  // Main's transfers in an Electron of their own, without a window.
  { files: /^e2e\/bench\/engine\//, packages: ['*'], folders: ['app', 'main'], mayRequire: true },
  // Main's transports in an Electron of their own, without a window.
  { files: /^e2e\/transports\/app\//, packages: ['*'], folders: ['app', 'main'], mayRequire: true },
  // Main's index in a process of its own, without a server.
  { files: /^e2e\/prove\/(large|full)-index/, packages: ['*'], folders: ['app', 'main'], mayRequire: true },
  { files: /^e2e\//, packages: ['*'], folders: ['app'], mayRequire: true },
];

/** What test files beside the sources may import on top. */
export const TEST_PACKAGES = ['vitest', 'fast-check', 'node:'];
