import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type NamedFigure, toMedian, toRounded } from '../figures.ts';
import { FAST_LINK, type LinkSpeed, SHARED_LINK } from '../link/link-process.ts';
import { LARGEST_FILE_BYTES, renewFiles, writeTextFiles } from '../local-content.ts';
import type { LoopBlock } from '../loop-probe.ts';
import { WIRE_ROUNDS, withWireBench } from './wire-bench.ts';

/** Of each direction. */
const TRANSFERS = 4;
const REST_MS = 1000;

interface Run extends LoopBlock {
  readonly durationMs: number;
}

/** Measures how long main's event loop keeps others waiting while four uploads and four downloads share a link. */
export async function measureWireMainDelay(
  executable: string,
  folder: string,
): Promise<readonly NamedFigure[]> {
  const shared = await measureDelays(executable, folder, SHARED_LINK, WIRE_ROUNDS);
  const fast = await measureDelays(executable, folder, FAST_LINK, WIRE_ROUNDS);
  return [
    toFigure('wire-main-delay-p99-ms', 16, SHARED_LINK, shared),
    toFigure('wire-main-delay-1gbit-p99-ms', null, FAST_LINK, fast),
  ];
}

async function measureDelays(
  executable: string,
  folder: string,
  speed: LinkSpeed,
  rounds: number,
): Promise<{ readonly rest: LoopBlock; readonly runs: readonly Run[] }> {
  const options = { executable, concurrency: 2 * TRANSFERS, speed };
  return withWireBench(folder, options, async ({ engine, ...bench }) => {
    const uploadPaths = await writeTextFiles(join(bench.folder, 'large'), TRANSFERS, LARGEST_FILE_BYTES);
    const saves = Array.from({ length: TRANSFERS }, (_, number) => ({
      fileId: `or_file_${String(number).padStart(24, '0')}`,
      path: join(bench.folder, `saved-${number}.txt`),
    }));
    const rest = await engine.rest(REST_MS);
    const runs: Run[] = [];
    for (let round = 0; round < rounds; round += 1) {
      await renewFiles(uploadPaths);
      const work = { uploadPaths, uploadCount: TRANSFERS, saves };
      const { durationMs, loopDelay } = await engine.run(work, { isDelayWatched: true });
      if (loopDelay) runs.push({ ...loopDelay, durationMs });
      for (const { path } of saves) await rm(path);
    }
    return { rest, runs };
  });
}

function toFigure(
  name: string,
  limit: number | null,
  { megabits }: LinkSpeed,
  { rest, runs }: { readonly rest: LoopBlock; readonly runs: readonly Run[] },
): NamedFigure {
  const samples = runs.map(({ p99Ms }) => toRounded(p99Ms));
  const medianOf = (read: (run: Run) => number) => toRounded(toMedian(runs.map(read)));
  const [withWait, longest, duration] = [
    medianOf(({ p99WithWaitMs }) => p99WithWaitMs),
    medianOf(({ longestMs }) => longestMs),
    medianOf(({ durationMs }) => durationMs),
  ];
  return {
    name,
    value: toMedian(samples),
    limit,
    unit: 'ms',
    reference: toRounded(rest.p99Ms),
    samples,
    detail: `4 uploads and 4 downloads of 100 MiB at once over ${megabits} Mbit/s each way in ${duration} ms; the wait for a processor taken off (with it ${withWait} ms), longest ${longest} ms, at rest p99 ${toRounded(rest.p99Ms)} ms; medians of ${runs.length} runs`,
    invalid: null,
  };
}
