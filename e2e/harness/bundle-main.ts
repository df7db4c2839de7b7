import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** Bundles a main process of the tests' own as main is bundled; Electron can be started with the folder. */
export async function bundleMain(source: URL, appFolder: string): Promise<void> {
  await mkdir(appFolder, { recursive: true });
  const manifest = { name: 'main-of-tests', private: true, type: 'module', main: 'main.js' };
  await writeFile(join(appFolder, 'package.json'), JSON.stringify(manifest));
  // What is not bundled, as it holds a native module, is looked for from here.
  await symlink(
    fileURLToPath(new URL('../../node_modules', import.meta.url)),
    join(appFolder, 'node_modules'),
    'dir',
  );
  await build({
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      // As electron.vite.config.ts has it for main.
      target: 'node20.18',
      minify: true,
      ssr: true,
      outDir: appFolder,
      emptyOutDir: false,
      rolldownOptions: {
        input: { main: fileURLToPath(source) },
        external: ['electron'],
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  });
}
