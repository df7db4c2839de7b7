import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { TransferWork } from './engine/engine-messages.ts';
import { type Comparison, type NamedFigure, toMedian, toRatio, toRounded } from './figures.ts';
import { LARGEST_FILE_BYTES, renewFiles, writeTextFiles } from './local-content.ts';
import { watchPeakMemory } from './process-tree.ts';
import { CONTENT_FILE_ID, type TransferBench, takeTurns, withTransferBench } from './transfer-bench.ts';

interface Run {
  readonly durationMs: number;
  readonly growthBytes: number;
}

/** The sink counts as fast enough when curl needs at most this for the upload, in milliseconds. */
const FAST_SINK_MS = 150;
const MEGABYTE = 1_000_000;

/** Measures one upload of 100 MiB through the engine against `curl -F`. */
export async function measureUpload(executable: string, folder: string): Promise<readonly NamedFigure[]> {
  return withTransferBench(folder, { executable, concurrency: 3 }, async (bench) => {
    const paths = await writeTextFiles(bench.folder, 1, LARGEST_FILE_BYTES);
    const { own, reference } = await takeTurns(
      async () => {
        await renewFiles(paths);
        return bench.curl.upload(paths[0] ?? '');
      },
      () => runWatched(bench, { uploadPaths: paths, uploadCount: 1, saves: [] }),
    );
    const invalid =
      toMedian(reference) > FAST_SINK_MS ? `curl needed more than ${FAST_SINK_MS} ms for 100 MiB` : null;
    return [
      { ...toRatio(compare('upload-vs-curl', 2.2, own, reference, 'curl -F')), invalid },
      toMemory('upload-memory-mb', 16, own),
    ];
  });
}

/** Measures one save of 100 MiB through the engine against `curl -o`. */
export async function measureDownload(executable: string, folder: string): Promise<readonly NamedFigure[]> {
  return withTransferBench(folder, { executable, concurrency: 3 }, async (bench) => {
    const path = join(bench.folder, 'saved.txt');
    // What one side leaves to be written must not be written in the other's time.
    const thenRemove = async <Result>(run: Promise<Result>) => {
      const result = await run;
      await rm(path);
      return result;
    };
    const work = { uploadPaths: [], uploadCount: 0, saves: [{ fileId: CONTENT_FILE_ID, path }] };
    const { own, reference } = await takeTurns(
      () => thenRemove(bench.curl.download(CONTENT_FILE_ID, path)),
      () => thenRemove(runWatched(bench, work)),
    );
    return [
      toRatio(compare('download-vs-curl', 3.5, own, reference, 'curl -o')),
      toMemory('download-memory-mb', 40, own),
    ];
  });
}

async function runWatched({ engine }: TransferBench, work: TransferWork): Promise<Run> {
  await engine.collectGarbage();
  const readGrowth = await watchPeakMemory(engine.pid);
  const { durationMs } = await engine.run(work);
  return { durationMs, growthBytes: await readGrowth() };
}

function compare(
  name: string,
  limit: number,
  runs: readonly Run[],
  reference: readonly number[],
  referenceName: string,
): Comparison {
  const own = runs.map(({ durationMs }) => durationMs);
  return { name, limit, own, reference, unit: 'ms', referenceName };
}

function toMemory(name: string, limit: number, runs: readonly Run[]): NamedFigure {
  const samples = runs.map(({ growthBytes }) => toRounded(growthBytes / MEGABYTE));
  return {
    name,
    value: Math.max(...samples),
    limit,
    unit: 'MB',
    reference: null,
    samples,
    detail: `most growth of main at its peak in ${samples.length} runs, median ${toMedian(samples)} MB`,
    invalid: null,
  };
}
