import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Curl, createCurl } from '../curl.ts';
import { type EngineProcess, startEngineProcess } from '../engine-process.ts';
import { type Comparison, type NamedFigure, toMedian, toRatio, toRounded } from '../figures.ts';
import { type LinkSpeed, startLinkProcess } from '../link/link-process.ts';
import { createCertificate } from '../sink/certificate.ts';
import { type SinkProcess, startSinkProcess, toSinkEndpoint } from '../sink/sink-process.ts';
import { HTTP_VERSION } from '../transfer-bench.ts';
import { type SdkProcess, startSdkProcess } from './sdk-process.ts';

/** The engine, curl and the official SDK at the same server, all over one link. */
export interface WireBench {
  readonly engine: EngineProcess;
  /** Each of them has an account of its own: none must find what another has uploaded. */
  readonly curl: Curl;
  readonly sdk: SdkProcess;
  /** Adds so many files to an account; gives their ids. */
  addFiles(account: 'engine' | 'curl' | 'sdk', count: number): Promise<readonly string[]>;
  /** For files to transfer. */
  readonly folder: string;
}

/** Measured rounds; one more comes first, fills caches and is thrown away. */
export const WIRE_ROUNDS = 7;
/** What a loop of single calls is timed with; many more would take minutes and show nothing else. */
export const LOOP_CALLS = 40;

/** Runs `measure` over a link with an engine that has not worked yet; all of it is gone afterwards. */
export async function withWireBench<Result>(
  parentFolder: string,
  options: { readonly executable: string; readonly concurrency: number; readonly speed: LinkSpeed },
  measure: (bench: WireBench) => Promise<Result>,
): Promise<Result> {
  const folder = join(parentFolder, 'wire');
  await mkdir(folder);
  const stops: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })];
  const started = async <Started extends { stop(): Promise<void> }>(
    starting: Promise<Started>,
  ): Promise<Started> => {
    const one = await starting;
    stops.unshift(one.stop);
    return one;
  };
  try {
    const sink = await started(startSinkProcess(await createCertificate(folder)));
    const link = await started(startLinkProcess(sink.port, options.speed));
    const { certificate } = sink;
    const engine = await started(startEngineProcess({ executable: options.executable, folder, certificate }));
    return await measure(
      await connect({ sink, endpoint: toSinkEndpoint(link.port), engine, folder, started }, options),
    );
  } finally {
    for (const stop of stops) await stop();
  }
}

async function connect(
  parts: {
    readonly sink: SinkProcess;
    readonly endpoint: string;
    readonly engine: EngineProcess;
    readonly folder: string;
    readonly started: (starting: Promise<SdkProcess>) => Promise<SdkProcess>;
  },
  { concurrency }: { readonly concurrency: number },
): Promise<WireBench> {
  const { sink, endpoint, engine, folder } = parts;
  const { certificateFile } = sink.certificate;
  const keys = {
    engine: await sink.addAccount(),
    curl: await sink.addAccount(),
    sdk: await sink.addAccount(),
  };
  await engine.open({ endpoint, key: keys.engine, folder: join(folder, 'account'), concurrency });
  return {
    engine,
    curl: createCurl({ endpoint, certificateFile, key: keys.curl, folder, httpVersion: HTTP_VERSION }),
    sdk: await parts.started(startSdkProcess({ endpoint, key: keys.sdk, certificateFile })),
    addFiles: (account, count) => sink.addFiles(keys[account], count),
    folder,
  };
}

/** Makes a figure over a link, with what others need printed beside it. */
export function toWireFigure(
  comparison: Omit<Comparison, 'unit'>,
  others: Readonly<Record<string, readonly number[]>>,
): NamedFigure {
  const figure = toRatio({ ...comparison, unit: 'ms' });
  const texts = Object.entries(others).map(
    ([name, durations]) => `${name} ${toRounded(toMedian(durations))} ms`,
  );
  return { ...figure, detail: [figure.detail, ...texts].join(', ') };
}

/** Gives what a loop of so many calls would take by the time of some, in milliseconds. */
export function toWholeLoop(durationMs: number, calls: number): readonly number[] {
  return [(durationMs / LOOP_CALLS) * calls];
}
