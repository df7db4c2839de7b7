import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type NamedFigure, toMedian, toRatio, toRounded } from './figures.ts';
import { LARGEST_FILE_BYTES, renewFiles, writeSmallFiles, writeTextFiles } from './local-content.ts';
import { takeTurns, withTransferBench } from './transfer-bench.ts';

/** The most that a person can set. */
const CONCURRENCY = 8;
const SMALL_FILES = 1000;
const SMALL_FILE_BYTES = 10_000;
const DELAY_RUNS = 7;
const REST_MS = 1000;

/** Measures eight uploads of 50 MiB at once against the same by `curl --parallel`. */
export async function measureParallelUpload(
  executable: string,
  folder: string,
): Promise<readonly NamedFigure[]> {
  return withTransferBench(folder, { executable, concurrency: CONCURRENCY }, async (bench) => {
    const paths = await writeTextFiles(join(bench.folder, 'large'), CONCURRENCY, LARGEST_FILE_BYTES / 2);
    const work = { uploadPaths: paths, uploadCount: paths.length, saves: [] };
    const sides = await takeTurns(
      async () => {
        await renewFiles(paths);
        return bench.curl.uploadMany(paths, CONCURRENCY);
      },
      async () => (await bench.engine.run(work)).durationMs,
    );
    return [
      toRatio({
        ...sides,
        name: 'parallel-upload-vs-curl',
        limit: 2.2,
        unit: 'ms',
        referenceName: 'curl --parallel',
      }),
    ];
  });
}

/** Measures 1,000 uploads of 10 kB against the same by `curl --parallel` over kept connections. */
export async function measureSmallFiles(executable: string, folder: string): Promise<readonly NamedFigure[]> {
  return withTransferBench(folder, { executable, concurrency: CONCURRENCY }, async (bench) => {
    const toFolder = (round: number) => join(bench.folder, `small-${round}`);
    const sides = await takeTurns(
      async (round) => {
        const paths = await writeSmallFiles(toFolder(round), SMALL_FILES, SMALL_FILE_BYTES);
        return bench.curl.uploadMany(paths, CONCURRENCY);
      },
      async (round) => {
        const work = { uploadPaths: [toFolder(round)], uploadCount: SMALL_FILES, saves: [] };
        const { durationMs } = await bench.engine.run(work);
        await rm(toFolder(round), { recursive: true });
        return durationMs;
      },
    );
    return [
      toRatio({
        ...sides,
        name: 'small-files-vs-curl',
        limit: 3.5,
        unit: 'ms',
        referenceName: 'curl --parallel',
      }),
    ];
  });
}

/** Measures how long main's event loop keeps others waiting while four uploads and four saves run. */
export async function measureLoopDelay(executable: string, folder: string): Promise<readonly NamedFigure[]> {
  return withTransferBench(folder, { executable, concurrency: CONCURRENCY }, async ({ engine, ...bench }) => {
    const half = CONCURRENCY / 2;
    const uploadPaths = await writeTextFiles(join(bench.folder, 'large'), half, LARGEST_FILE_BYTES);
    const saves = Array.from({ length: half }, (_, number) => ({
      fileId: `or_file_${String(number).padStart(24, '0')}`,
      path: join(bench.folder, `saved-${number}.txt`),
    }));
    const rest = await engine.rest(REST_MS);
    const delays = [];
    for (let run = 0; run <= DELAY_RUNS; run += 1) {
      await renewFiles(uploadPaths);
      const work = { uploadPaths, uploadCount: half, saves };
      const { durationMs, loopDelay } = await engine.run(work, { isDelayWatched: true });
      if (loopDelay && run > 0) delays.push({ ...loopDelay, durationMs });
      for (const { path } of saves) await rm(path);
    }
    const samples = delays.map(({ p99Ms }) => toRounded(p99Ms));
    const longest = toRounded(Math.max(...delays.map(({ longestMs }) => longestMs)));
    const duration = toRounded(toMedian(delays.map(({ durationMs }) => durationMs)));
    return [
      {
        name: 'transfer-loop-delay-p99-ms',
        value: toMedian(samples),
        limit: null,
        unit: 'ms',
        reference: toRounded(rest.p99Ms),
        samples,
        detail: `4 uploads and 4 saves of 100 MiB at once in ${duration} ms; longest delay ${longest} ms; at rest p99 ${toRounded(rest.p99Ms)} ms; the wait for a processor taken off`,
        invalid: null,
      },
    ];
  });
}
