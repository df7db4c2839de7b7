import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { FilesApi } from '#app/contract/files-contract.ts';
import { MAX_TRANSFER_CONCURRENCY } from '#app/limits.ts';
import { dropFiles } from '../../harness/drop-files.ts';
import { locationOf, viewOf } from '../../harness/location-of.ts';
import { createFilesWindow } from '../../pages/files-window.ts';
import { listTransfers } from '../../prove/transfers-over-bridge.ts';
import { type NamedFigure, toMedian, toPercentile, toRounded } from '../figures.ts';
import { SHARED_LINK, startLinkProcess } from '../link/link-process.ts';
import { LARGEST_FILE_BYTES, renameFiles, renewFiles, writeTextFiles } from '../local-content.ts';
import type { MainInspector } from '../main-inspector.ts';
import { filesAppFolder, startMeasuredApp } from '../measured-app.ts';
import { createCertificate } from '../sink/certificate.ts';
import { startSinkProcess, toSinkEndpoint } from '../sink/sink-process.ts';
import { createTableScroll } from '../table-pages.ts';

/** Of each direction. */
const TRANSFERS = 4;
const ROWS = 2000;
/** Each brings so many scrolls without transfers, and as many with them. */
const PHASES = 3;
const SCROLLS_A_PHASE = 3;
const TRANSFER_DEADLINE_MS = 120_000;

/** Measures the frames of a table that is scrolled while four uploads and four downloads share a link, against the same without them. */
export async function measureWireFrames(executable: string, folder: string): Promise<readonly NamedFigure[]> {
  const ownFolder = join(folder, 'frames');
  await mkdir(ownFolder);
  const sink = await startSinkProcess(await createCertificate(ownFolder));
  const link = await startLinkProcess(sink.port, SHARED_LINK);
  const key = await sink.addAccount();
  await sink.addFiles(key, ROWS);
  const app = startMeasuredApp({
    executable,
    appFolder: filesAppFolder,
    userDataFolder: join(ownFolder, 'profile'),
    environment: {
      OPENROUTER_API_KEY: key,
      OPENROUTER_BASE_URL: toSinkEndpoint(link.port),
      SSL_CERT_FILE: sink.certificate.certificateFile,
    },
    trustedKeyHash: sink.certificate.publicKeyHash,
    isInspectable: true,
  });
  try {
    const [page, main] = [await app.attach(), await app.inspectMain()];
    return [toFigure(await measurePhases(page, main, ownFolder))];
  } finally {
    await app.stop();
    await link.stop();
    await sink.stop();
  }
}

interface Frames {
  readonly idle: readonly (readonly number[])[];
  readonly busy: readonly (readonly number[])[];
}

async function measurePhases(page: Page, main: MainInspector, folder: string): Promise<Frames> {
  const savedFolder = join(folder, 'saved');
  await mkdir(savedFolder);
  let paths = await writeTextFiles(join(folder, 'large'), TRANSFERS, LARGEST_FILE_BYTES);
  await answerFolderDialog(main, savedFolder);
  const { table } = createFilesWindow(page);
  await table.rowsPerPage.selectOption('1000');
  await table.rows.first().waitFor();
  await setConcurrency(page);
  const scroll = await createTableScroll({ page, table });
  await scroll();
  const [idle, busy]: [(readonly number[])[], (readonly number[])[]] = [[], []];
  for (let phase = 0; phase < PHASES; phase += 1) {
    for (let count = 0; count < SCROLLS_A_PHASE; count += 1) idle.push(await scroll());
    await renewFiles(paths);
    paths = await renameFiles(paths, `phase-${phase}`);
    await startTransfers(page, paths);
    for (let count = 0; count < SCROLLS_A_PHASE; count += 1) busy.push(await scroll());
    const { transfers } = await listTransfers(page);
    const moving = transfers.filter(({ state }) => state === 'sending' || state === 'receiving');
    if (moving.length < 2 * TRANSFERS) throw new Error(`Only ${moving.length} transfers lasted long enough`);
    await whenTransfers(page, (states) => states.every((state) => state === 'done'));
    await clearTransfers(page);
    await rm(savedFolder, { recursive: true });
    await mkdir(savedFolder);
  }
  return { idle, busy };
}

/** As a person's choice of the folder that the downloads go to. */
async function answerFolderDialog(main: MainInspector, folder: string): Promise<void> {
  await main.evaluate(`(() => {
    const { dialog } = require('electron');
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [${JSON.stringify(folder)}] });
  })()`);
}

async function setConcurrency(page: Page): Promise<void> {
  await page.evaluate(
    async ([shown, concurrency]) => {
      // The bridge, as the preload script puts it there.
      const { files } = window as unknown as { readonly files: FilesApi };
      await files.setTransferConcurrency({ ...shown, concurrency });
    },
    [await locationOf(page), MAX_TRANSFER_CONCURRENCY] as const,
  );
}

async function clearTransfers(page: Page): Promise<void> {
  await page.evaluate(
    async (shown) => {
      const { files } = window as unknown as { readonly files: FilesApi };
      await files.clearFinishedTransfers(shown);
    },
    await locationOf(page),
  );
}

async function startTransfers(page: Page, paths: readonly string[]): Promise<void> {
  const keys = Array.from(
    { length: TRANSFERS },
    (_, number) => `or_file_${String(number).padStart(24, '0')}`,
  );
  await page.evaluate(
    async ([shown, ids]) => {
      const { files } = window as unknown as { readonly files: FilesApi };
      await files.saveFiles({ ...shown, target: { kind: 'rows', keys: ids } });
    },
    [await viewOf(page), keys] as const,
  );
  await dropFiles(page, paths);
  await whenTransfers(
    page,
    (states) =>
      states.filter((state) => state === 'sending' || state === 'receiving').length === 2 * TRANSFERS,
  );
}

async function whenTransfers(page: Page, isSo: (states: readonly string[]) => boolean): Promise<void> {
  const endsAt = performance.now() + TRANSFER_DEADLINE_MS;
  for (;;) {
    const { transfers } = await listTransfers(page);
    if (isSo(transfers.map(({ state }) => state))) return;
    if (performance.now() > endsAt) throw new Error(JSON.stringify(transfers));
    await page.waitForTimeout(100);
  }
}

function toFigure({ idle, busy }: Frames): NamedFigure {
  const toP95 = (scrolls: Frames['idle']) => toPercentile(scrolls.flat(), 95);
  const [idleMs, busyMs] = [toP95(idle), toP95(busy)];
  return {
    name: 'wire-frames-vs-idle',
    value: toRounded(busyMs / idleMs),
    limit: 1.5,
    unit: 'ratio',
    reference: toRounded(idleMs),
    samples: busy.map((frames, scroll) =>
      toRounded(toPercentile(frames, 95) / toPercentile(idle[scroll] ?? [Number.NaN], 95)),
    ),
    detail: `p95 of ${busy.flat().length} frames ${toRounded(busyMs)} ms, median ${toRounded(toMedian(busy.flat()))} ms, while 4 uploads and 4 downloads of 100 MiB share ${SHARED_LINK.megabits} Mbit/s each way; without them p95 ${toRounded(idleMs)} ms, median ${toRounded(toMedian(idle.flat()))} ms; ${busy.length} scrolls each`,
    invalid: null,
  };
}
