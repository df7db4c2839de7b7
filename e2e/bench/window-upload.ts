import { basename, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import type { FilesApi } from '#app/contract/files-contract.ts';
import { dropFiles } from '../harness/drop-files.ts';
import { hashFile } from '../harness/local-files.ts';
import { createFilesWindow } from '../pages/files-window.ts';
import { type NamedFigure, toMedian, toRounded } from './figures.ts';
import { LARGEST_FILE_BYTES, writeTextFiles } from './local-content.ts';
import { filesAppFolder, startMeasuredApp } from './measured-app.ts';
import { waitUntilIdle } from './process-tree.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';

interface UploadRun {
  readonly delayMs: number;
  /** The same probe just before, with nothing to do. */
  readonly restDelayMs: number;
  readonly durationMs: number;
}

const RUNS = 5;
const UPLOAD_DEADLINE_MS = 60_000;
const REST_MS = 1000;
/** The longest wait from an input to the next frame that counts as good (Web Vitals, INP). */
const DELAY_LIMIT_MS = 200;

/**
 * Drops a file of 100 MiB on the window, several times in one run of the app, and measures how long the window
 * is ever kept waiting: for a frame, or for main to answer a command. Throws when what the server received is not the file.
 */
export async function measureWindowUpload(
  executable: string,
  folder: string,
): Promise<readonly NamedFigure[]> {
  const server = await startServerProcess();
  const app = startMeasuredApp({
    executable,
    appFolder: filesAppFolder,
    userDataFolder: join(folder, 'upload'),
    environment: { OPENROUTER_API_KEY: server.apiKey, OPENROUTER_BASE_URL: server.baseUrl },
  });
  try {
    const paths = await writeTextFiles(join(folder, 'dropped'), RUNS, LARGEST_FILE_BYTES);
    await waitUntilIdle(app.pid);
    const page = await app.attach();
    await createFilesWindow(page).table.rows.first().waitFor();
    const runs: UploadRun[] = [];
    for (const path of paths) {
      runs.push(await uploadOnce(page, path));
      await checkReceived(server, path);
    }
    return toFigures(runs);
  } finally {
    await app.stop();
    await server.stop();
  }
}

async function uploadOnce(page: Page, path: string): Promise<UploadRun> {
  const { transfers } = createFilesWindow(page);
  const stopRestProbe = await startProbe(page);
  await setTimeout(REST_MS);
  const restDelayMs = await stopRestProbe();
  const stopProbe = await startProbe(page);
  const startedAt = performance.now();
  await dropFiles(page, [path]);
  await transfers.item(basename(path)).filter({ hasText: 'Done' }).waitFor({ timeout: UPLOAD_DEADLINE_MS });
  const durationMs = performance.now() - startedAt;
  const delayMs = await stopProbe();
  return { delayMs, restDelayMs, durationMs };
}

/** Has the page watch its own frames and main's answers; the function given ends that and answers the longest wait, in milliseconds. */
async function startProbe(page: Page): Promise<() => Promise<number>> {
  const probe = await page.evaluateHandle(() => {
    // The bridge, as the preload script puts it there.
    const { files } = window as unknown as { readonly files: FilesApi };
    const state = { longestMs: 0, isOn: true };
    let lastFrameAt = performance.now();
    const onFrame = () => {
      const now = performance.now();
      state.longestMs = Math.max(state.longestMs, now - lastFrameAt);
      lastFrameAt = now;
      if (state.isOn) requestAnimationFrame(onFrame);
    };
    requestAnimationFrame(onFrame);
    const askMain = async () => {
      while (state.isOn) {
        const askedAt = performance.now();
        await files.getSession();
        state.longestMs = Math.max(state.longestMs, performance.now() - askedAt);
        await new Promise((resolve) => window.setTimeout(resolve, 10));
      }
    };
    void askMain();
    return state;
  });
  return () =>
    probe.evaluate((state) => {
      state.isOn = false;
      return state.longestMs;
    });
}

async function checkReceived(server: ServerProcess, path: string): Promise<void> {
  const [received, sha256] = await Promise.all([server.readSha256(basename(path)), hashFile(path)]);
  if (received !== sha256) throw new Error(`The server holds ${received} instead of ${sha256}`);
}

function toFigures(runs: readonly UploadRun[]): readonly NamedFigure[] {
  const delays = runs.map(({ delayMs }) => toRounded(delayMs));
  const restDelay = toRounded(toMedian(runs.map(({ restDelayMs }) => restDelayMs)));
  const duration = toRounded(toMedian(runs.map(({ durationMs }) => durationMs)));
  return [
    {
      name: 'upload-window-delay-ms',
      value: toMedian(delays),
      limit: DELAY_LIMIT_MS,
      unit: 'ms',
      reference: restDelay,
      samples: delays,
      detail: `longest wait for a frame or for main, median of the uploads of ${duration} ms each; at rest ${restDelay} ms; SHA-256 equal`,
      invalid: null,
    },
  ];
}
