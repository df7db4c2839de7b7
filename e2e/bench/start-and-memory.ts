import { join } from 'node:path';
import { type NamedFigure, toRatio } from './figures.ts';
import { emptyAppFolder, filesAppFolder, type MeasuredApp, startMeasuredApp } from './measured-app.ts';
import { readTreeMemory, waitUntilIdle } from './process-tree.ts';
import { startServerProcess } from './server-process.ts';

interface Run {
  readonly startMs: number;
  readonly memoryMb: number;
}

const ROUNDS = 9;
const MEGABYTE = 1_000_000;
/** Set by the window when its first rows are painted. */
const INTERACTIVE_MARK = 'files:interactive';

/**
 * Measures the start to a table of 40 files and the memory at rest, both as multiples of an empty Electron window's.
 * The two sides take turns, so that what else the machine does hits both. Each keeps its profile, as on a person's
 * computer, and a first round that fills the caches is thrown away.
 */
export async function measureStartAndMemory(
  executable: string,
  folder: string,
): Promise<readonly NamedFigure[]> {
  const server = await startServerProcess();
  const environment = { OPENROUTER_API_KEY: server.apiKey, OPENROUTER_BASE_URL: server.baseUrl };
  const empty: Run[] = [];
  const files: Run[] = [];
  try {
    for (let round = 0; round <= ROUNDS; round += 1) {
      const emptyRun = await runOnce(
        { executable, appFolder: emptyAppFolder, userDataFolder: join(folder, 'empty-window') },
        readReadyToShow,
      );
      const filesRun = await runOnce(
        { executable, appFolder: filesAppFolder, userDataFolder: join(folder, 'files'), environment },
        readInteractive,
      );
      if (round === 0) continue;
      empty.push(emptyRun);
      files.push(filesRun);
    }
  } finally {
    await server.stop();
  }
  const referenceName = 'an empty window';
  return [
    toRatio({
      name: 'start-vs-empty-window',
      limit: 1.7,
      unit: 'ms',
      own: files.map(toStart),
      reference: empty.map(toStart),
      referenceName,
    }),
    toRatio({
      name: 'idle-memory-vs-empty-window',
      limit: 1.3,
      unit: 'MB',
      own: files.map(toMemory),
      reference: empty.map(toMemory),
      referenceName,
    }),
  ];
}

/** The page is asked for its mark only when all is quiet: a tool that is attached meanwhile would cost time itself. */
async function runOnce(
  options: Parameters<typeof startMeasuredApp>[0],
  readStart: (app: MeasuredApp) => Promise<number>,
): Promise<Run> {
  const app = startMeasuredApp(options);
  try {
    await waitUntilIdle(app.pid);
    const memoryMb = (await readTreeMemory(app.pid)) / MEGABYTE;
    return { startMs: (await readStart(app)) - app.spawnedAt, memoryMb };
  } finally {
    await app.stop();
  }
}

async function readReadyToShow(app: MeasuredApp): Promise<number> {
  const [, at] = await app.waitForOutput(/ready-to-show (\d+)/);
  return Number(at);
}

async function readInteractive(app: MeasuredApp): Promise<number> {
  const page = await app.attach();
  const at = await page.waitForFunction((name) => {
    const [mark] = performance.getEntriesByName(name);
    return mark ? performance.timeOrigin + mark.startTime : null;
  }, INTERACTIVE_MARK);
  const value = await at.jsonValue();
  if (value === null) throw new Error(`The page never set ${INTERACTIVE_MARK}`);
  return value;
}

function toStart(run: Run): number {
  return run.startMs;
}

function toMemory(run: Run): number {
  return run.memoryMb;
}
