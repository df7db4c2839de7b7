import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DEFAULT_TRANSFER_CONCURRENCY } from '#app/limits.ts';
import type { NamedFigure } from '../figures.ts';
import { FAST_LINK } from '../link/link-process.ts';
import { LARGEST_FILE_BYTES, renewFiles, writeTextFiles } from '../local-content.ts';
import { CONTENT_FILE_ID, takeTurns } from '../transfer-bench.ts';
import { toWireFigure, WIRE_ROUNDS, withWireBench } from './wire-bench.ts';

/** Measures one upload of 100 MiB, the whole job, against `curl -F`. */
export async function measureWireUpload(executable: string, folder: string): Promise<readonly NamedFigure[]> {
  const options = { executable, concurrency: DEFAULT_TRANSFER_CONCURRENCY, speed: FAST_LINK };
  return withWireBench(folder, options, async ({ engine, curl, sdk, ...bench }) => {
    const paths = await writeTextFiles(bench.folder, 1, LARGEST_FILE_BYTES);
    const sdkMs: number[] = [];
    const sides = await takeTurns(
      async (round) => {
        await renewFiles(paths);
        const durationMs = await sdk.run({ kind: 'upload', paths });
        if (round > 0) sdkMs.push(durationMs);
        return curl.upload(paths[0] ?? '');
      },
      async () => (await engine.run({ uploadPaths: paths, uploadCount: 1, saves: [] })).durationMs,
      WIRE_ROUNDS,
    );
    const comparison = { ...sides, name: 'wire-upload-vs-curl', limit: 1.08, referenceName: 'curl -F' };
    return [toWireFigure(comparison, { 'official SDK': sdkMs })];
  });
}

/** Measures one download of 100 MiB, verified, synced and renamed, against `curl -o … && sync …`. */
export async function measureWireDownload(
  executable: string,
  folder: string,
): Promise<readonly NamedFigure[]> {
  const options = { executable, concurrency: DEFAULT_TRANSFER_CONCURRENCY, speed: FAST_LINK };
  return withWireBench(folder, options, async ({ engine, curl, sdk, ...bench }) => {
    const path = join(bench.folder, 'saved.txt');
    // What one side leaves to be written must not be written in the other's time.
    const thenRemove = async <Result>(run: Promise<Result>) => {
      const result = await run;
      await rm(path);
      return result;
    };
    const saves = [{ fileId: CONTENT_FILE_ID, path }];
    const sdkMs: number[] = [];
    const sides = await takeTurns(
      async (round) => {
        const durationMs = await thenRemove(sdk.run({ kind: 'download', fileId: CONTENT_FILE_ID, path }));
        if (round > 0) sdkMs.push(durationMs);
        return thenRemove(curl.downloadSynced(CONTENT_FILE_ID, path));
      },
      async () => (await thenRemove(engine.run({ uploadPaths: [], uploadCount: 0, saves }))).durationMs,
      WIRE_ROUNDS,
    );
    const referenceName = 'curl -o and sync';
    const comparison = { ...sides, name: 'wire-download-vs-curl', limit: 1.15, referenceName };
    return [toWireFigure(comparison, { 'official SDK, synced': sdkMs })];
  });
}
