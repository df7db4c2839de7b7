import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type NamedFigure, toMedian, toRounded } from './figures.ts';
import { LARGEST_FILE_BYTES, renameFiles, renewFiles, writeTextFiles } from './local-content.ts';
import type { Exchanges } from './sink/sink-messages.ts';
import { CONTENT_FILE_ID, type TransferBench, withTransferBench } from './transfer-bench.ts';

const CANCELS = 50;
/** A cancel that finds no connection, or finds its transfer over, is drawn again; but not for ever. */
const MAX_DRAWS = 200;
/** Makes the wait for the answer a good part of a transfer, so that cancels meet it, too. */
const ANSWER_DELAY_MS = 100;
/** A little more than a transfer takes here, the server's thinking included. */
const LONGEST_WAIT_MS = 400;

interface Cancel {
  readonly state: string;
  readonly delayMs: number;
}

/** Measures from the command to cancel, at a random point of an upload or a save, to the close of its connection as the server sees it. */
export async function measureCancel(executable: string, folder: string): Promise<readonly NamedFigure[]> {
  const options = { executable, concurrency: 8, answerDelayMs: ANSWER_DELAY_MS };
  return withTransferBench(folder, options, async (bench) => {
    let paths = await writeTextFiles(join(bench.folder, 'large'), 1, LARGEST_FILE_BYTES);
    const cancels: Cancel[] = [];
    let draws = 0;
    while (cancels.length < CANCELS) {
      draws += 1;
      if (draws > MAX_DRAWS) throw new Error(`Only ${cancels.length} of ${MAX_DRAWS} cancels met a transfer`);
      await renewFiles(paths);
      paths = await renameFiles(paths, String(draws));
      const cancel = await cancelOnce(bench, draws % 2 === 0 ? paths : []);
      if (cancel) cancels.push(cancel);
    }
    return [toFigure(cancels, draws)];
  });
}

/** Cancels an upload, or a save when there is nothing to upload; null when there was no connection to close. */
async function cancelOnce(
  { engine, sink, engineKey, folder }: TransferBench,
  uploadPaths: readonly string[],
): Promise<Cancel | null> {
  const path = join(folder, 'saved.txt');
  const saves = uploadPaths.length > 0 ? [] : [{ fileId: CONTENT_FILE_ID, path }];
  const work = { uploadPaths, uploadCount: uploadPaths.length, saves };
  const { cancelledAt, state } = await engine.cancel(work, Math.random() * LONGEST_WAIT_MS);
  const closedAt = findClose(await sink.takeExchanges(engineKey), cancelledAt);
  await rm(path, { force: true });
  return closedAt === null ? null : { state, delayMs: closedAt - cancelledAt };
}

/** An exchange that was answered after the command was not cancelled in time: its answer counts as its end. */
function findClose({ exchanges }: Exchanges, cancelledAt: number): number | null {
  const ends = exchanges.map(({ answeredAt, closedAt }) => answeredAt ?? closedAt ?? 0);
  const last = Math.max(0, ...ends);
  return last > cancelledAt ? last : null;
}

function toFigure(cancels: readonly Cancel[], draws: number): NamedFigure {
  const samples = cancels.map(({ delayMs }) => toRounded(delayMs));
  const sorted = [...samples].sort((a, b) => a - b);
  const counts = new Map<string, number>();
  for (const { state } of cancels) counts.set(state, (counts.get(state) ?? 0) + 1);
  const states = [...counts].map(([state, count]) => `${state} ${count}`).join(', ');
  return {
    name: 'cancel-ms',
    value: sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN,
    limit: 100,
    unit: 'ms',
    reference: null,
    samples,
    detail: `p95 of ${CANCELS} (${states}), median ${toMedian(samples)} ms; ${draws - CANCELS} more met no connection`,
    invalid: null,
  };
}
