/**
 * Runs a TypeScript module as a script: `node build/run-typescript.mjs FILE [ARGUMENT…]`. Not with tsx, which rewrites
 * every named function to call a helper that is absent where Playwright evaluates it: in the page and in Electron.
 */
import { resolve } from 'node:path';
import { runnerImport } from 'vite';
import { runAsScript } from './process.mjs';

// The module finds its own arguments where a script started by Node would.
process.argv.splice(1, 1);
await runAsScript(() => runnerImport(resolve(process.argv[1])).then(() => undefined));
