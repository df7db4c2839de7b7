import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { measureCancel } from './cancel.ts';
import { isWithinLimit, type NamedFigure, toJson, toTable } from './figures.ts';
import { measureLink } from './link/check-link.ts';
import { measureLoopDelay, measureParallelUpload, measureSmallFiles } from './many-transfers.ts';
import { filesAppFolder } from './measured-app.ts';
import { measureDownload, measureUpload } from './one-transfer.ts';
import { measureOpening } from './open-location.ts';
import { measureSavedIndex } from './saved-index.ts';
import { measureAppSize, measureWindowScripts } from './sizes.ts';
import { measureStartAndMemory } from './start-and-memory.ts';
import { measureTable } from './table-pages.ts';
import { measureMillionQueries, measureQueries } from './table-queries.ts';
import { measureWindowUpload } from './window-upload.ts';
import { measureWireFrames } from './wire/frames.ts';
import { measureWireMainDelay } from './wire/main-delay.ts';
import { measureWireDelete, measureWireSmallFiles } from './wire/many-files.ts';
import { measureWireDownload, measureWireUpload } from './wire/one-file.ts';

// `build/run-typescript.mjs e2e/bench/bench.ts [NAME…]`, started by build/bench.mjs, which names the Electron and the packaged app.

type Measure = (folder: string) => Promise<readonly NamedFigure[]>;

const MEASURES: Readonly<Record<string, Measure>> = {
  sizes: async () => [
    ...(await measureWindowScripts()),
    ...(await measureAppSize(readVariable('PACKAGED_APP'))),
  ],
  start: onElectron(measureStartAndMemory),
  window: onElectron(measureWindowUpload),
  upload: onElectron(measureUpload),
  download: onElectron(measureDownload),
  parallel: onElectron(measureParallelUpload),
  'small-files': onElectron(measureSmallFiles),
  'loop-delay': onElectron(measureLoopDelay),
  cancel: onElectron(measureCancel),
  index: onElectron(measureOpening),
  'saved-index': onElectron(measureSavedIndex),
  table: onElectron(measureTable),
  queries: onElectron(measureQueries),
  'queries-1m': onElectron(measureMillionQueries),
  link: measureLink,
  'wire-upload': onElectron(measureWireUpload),
  'wire-download': onElectron(measureWireDownload),
  'wire-small-files': onElectron(measureWireSmallFiles),
  'wire-delete': onElectron(measureWireDelete),
  'wire-main-delay': onElectron(measureWireMainDelay),
  'wire-frames': onElectron(measureWireFrames),
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in MEASURES));
if (unknown.length > 0)
  throw new Error(`Measures are ${Object.keys(MEASURES).join(', ')}; not ${unknown.join(', ')}`);
const { figures, failures } = await measureEach(wanted.length > 0 ? wanted : Object.keys(MEASURES));
// A part of the figures must not pass for all of them.
if (wanted.length === 0 && failures.length === 0) {
  await mkdir(join(filesAppFolder, 'out'), { recursive: true });
  await writeFile(join(filesAppFolder, 'out', 'bench.json'), toJson(figures));
}
process.stdout.write(`${toTable(figures)}\n`);
for (const failure of failures) process.stderr.write(`${failure}\n`);
if (failures.length > 0 || !figures.every(isWithinLimit)) process.exitCode = 1;

/** One that fails costs its own figures, not those of the others: together they take minutes. */
async function measureEach(
  names: readonly string[],
): Promise<{ readonly figures: readonly NamedFigure[]; readonly failures: readonly string[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'files-for-openrouter-bench-'));
  const figures: NamedFigure[] = [];
  const failures: string[] = [];
  try {
    for (const name of names) {
      process.stdout.write(`Measuring ${name} …`);
      const startedAt = performance.now();
      try {
        figures.push(...((await MEASURES[name]?.(folder)) ?? []));
      } catch (cause) {
        failures.push(`${name} could not be measured: ${inspect(cause)}`);
      }
      process.stdout.write(` ${Math.round((performance.now() - startedAt) / 1000)} s\n`);
    }
    return { figures, failures };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function onElectron(
  measureOn: (executable: string, folder: string) => Promise<readonly NamedFigure[]>,
): Measure {
  return (folder) => measureOn(readVariable('ELECTRON_EXECUTABLE'), folder);
}

function readVariable(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; \`npm run bench\` sets it`);
  return value;
}
