import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DEFAULT_TRANSFER_CONCURRENCY } from '#app/limits.ts';
import type { NamedFigure } from '../figures.ts';
import { FAST_LINK } from '../link/link-process.ts';
import { writeSmallFiles } from '../local-content.ts';
import { takeTurns } from '../transfer-bench.ts';
import {
  LOOP_CALLS,
  toWholeLoop,
  toWireFigure,
  WIRE_ROUNDS,
  type WireBench,
  withWireBench,
} from './wire-bench.ts';

const SMALL_FILES = 1000;
const SMALL_FILE_BYTES = 10_000;
const DELETIONS = 5000;
const CURL_PARALLEL = 8;
/** Of the round that only fills caches: all of them take half a minute. */
const WARM_UP_DELETIONS = 200;

/** Measures a dropped folder of 1,000 small files, known to be on disk, against `curl --parallel`. */
export async function measureWireSmallFiles(
  executable: string,
  folder: string,
): Promise<readonly NamedFigure[]> {
  const options = { executable, concurrency: DEFAULT_TRANSFER_CONCURRENCY, speed: FAST_LINK };
  return withWireBench(folder, options, async (bench) => {
    const toFolder = (round: number) => join(bench.folder, `small-${round}`);
    const loops = await measureUploadLoops(bench);
    const sides = await takeTurns(
      async (round) => {
        const paths = await writeSmallFiles(toFolder(round), SMALL_FILES, SMALL_FILE_BYTES);
        return bench.curl.uploadMany(paths, CURL_PARALLEL);
      },
      async (round) => {
        const work = { uploadPaths: [toFolder(round)], uploadCount: SMALL_FILES, saves: [] };
        const { durationMs } = await bench.engine.run(work);
        await rm(toFolder(round), { recursive: true });
        return durationMs;
      },
      WIRE_ROUNDS,
    );
    const referenceName = `curl --parallel-max ${CURL_PARALLEL}`;
    return [toWireFigure({ ...sides, name: 'wire-small-files-vs-curl', limit: 1.3, referenceName }, loops)];
  });
}

/** Measures 5,000 deletions without their undo time against `curl --parallel`. */
export async function measureWireDelete(executable: string, folder: string): Promise<readonly NamedFigure[]> {
  const options = { executable, concurrency: DEFAULT_TRANSFER_CONCURRENCY, speed: FAST_LINK };
  return withWireBench(folder, options, async (bench) => {
    const loops = await measureDeleteLoops(bench);
    const toCount = (round: number) => (round === 0 ? WARM_UP_DELETIONS : DELETIONS);
    const sides = await takeTurns(
      async (round) => bench.curl.deleteMany(await bench.addFiles('curl', toCount(round)), CURL_PARALLEL),
      async (round) => bench.engine.delete(await bench.addFiles('engine', toCount(round))),
      WIRE_ROUNDS,
    );
    const referenceName = `curl --parallel-max ${CURL_PARALLEL}`;
    return [toWireFigure({ ...sides, name: 'wire-delete-vs-curl', limit: 1.3, referenceName }, loops)];
  });
}

/** One call after the other: the SDK over its connections, curl by a process each. */
async function measureUploadLoops({ folder, sdk, curl }: WireBench) {
  const paths = await writeSmallFiles(join(folder, 'loop'), LOOP_CALLS, SMALL_FILE_BYTES);
  const sdkMs = await sdk.run({ kind: 'upload', paths });
  let curlMs = 0;
  for (const path of paths) curlMs += await curl.upload(path);
  return toLoops(sdkMs, curlMs, SMALL_FILES);
}

async function measureDeleteLoops({ addFiles, sdk, curl }: WireBench) {
  const sdkMs = await sdk.run({ kind: 'delete', fileIds: await addFiles('sdk', LOOP_CALLS) });
  let curlMs = 0;
  for (const id of await addFiles('curl', LOOP_CALLS)) curlMs += await curl.deleteMany([id], 1);
  return toLoops(sdkMs, curlMs, DELETIONS);
}

function toLoops(sdkMs: number, curlMs: number, calls: number) {
  return {
    [`official SDK in a loop, by ${LOOP_CALLS} calls`]: toWholeLoop(sdkMs, calls),
    'curl in a loop, likewise': toWholeLoop(curlMs, calls),
  };
}
