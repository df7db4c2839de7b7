import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

// Main and preload are compiled for the Node, the window for the Chromium of the oldest Electron that the
// tests run on. Source maps are written for debugging and are not referred to nor packaged.
const node = { target: 'node20.18', minify: true, sourcemap: 'hidden' } as const;

/**
 * What `electron-vite build` makes: out/main/index.js (an ES module), out/preload/{files,connect}.cjs and
 * out/renderer/{index,connect}.html. All packages are bundled, but for Electron itself and the two of
 * `dependencies`, which hold native modules.
 */
// biome-ignore lint/style/noDefaultExport: electron-vite reads the default export.
export default defineConfig({
  main: {
    build: {
      ...node,
      rolldownOptions: {
        input: { index: resolve('main/index.ts') },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      ...node,
      // A sandboxed preload script can load neither an ES module nor another file: one CommonJS file each.
      isolatedEntries: true,
      externalizeDeps: false,
      rolldownOptions: {
        input: { files: resolve('preload/files.ts'), connect: resolve('preload/connect.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react()],
    build: {
      target: 'chrome130',
      minify: true,
      sourcemap: 'hidden',
      rolldownOptions: {
        input: { index: resolve('renderer/index.html'), connect: resolve('renderer/connect.html') },
      },
    },
  },
});
