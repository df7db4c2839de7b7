import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Curl, createCurl, type HttpVersion } from './curl.ts';
import { type EngineProcess, startEngineProcess } from './engine-process.ts';
import { createCertificate } from './sink/certificate.ts';
import { type SinkProcess, startSinkProcess } from './sink/sink-process.ts';

/** The engine and curl side by side, on one discarding server. */
export interface TransferBench {
  readonly sink: SinkProcess;
  readonly engine: EngineProcess;
  /** Of an account of its own: the engine must not find what curl has uploaded. */
  readonly curl: Curl;
  /** The key of the engine's account. */
  readonly engineKey: string;
  /** For files to transfer. */
  readonly folder: string;
}

/** What a bench is made with. */
export interface TransferBenchOptions {
  readonly executable: string;
  /** Transfers of the engine under way at once. */
  readonly concurrency: number;
  /** How long the server thinks before it answers the engine, in milliseconds. */
  readonly answerDelayMs?: number;
}

/** The file that every account of the sink holds for saving. */
export const CONTENT_FILE_ID = 'or_file_000000000000000000000000';

/** The version of HTTP that the sink and everything measured against it speak. */
export const HTTP_VERSION: HttpVersion = '1.1';

/** Measured rounds; one more comes first, fills caches and is thrown away. */
const ROUNDS = 7;

/** Runs `measure` with an engine that has not worked yet, in a new folder; both are gone afterwards. */
export async function withTransferBench<Result>(
  parentFolder: string,
  { executable, concurrency, answerDelayMs = 0 }: TransferBenchOptions,
  measure: (bench: TransferBench) => Promise<Result>,
): Promise<Result> {
  const folder = join(parentFolder, 'transfers');
  await mkdir(folder);
  const sink = await startSinkProcess(await createCertificate(folder));
  try {
    const engine = await startEngineProcess({ executable, folder, certificate: sink.certificate });
    try {
      const engineKey = await sink.addAccount(answerDelayMs);
      await engine.open({
        endpoint: sink.endpoint,
        key: engineKey,
        folder: join(folder, 'account'),
        concurrency,
      });
      const curl = createCurl({
        endpoint: sink.endpoint,
        certificateFile: sink.certificate.certificateFile,
        key: await sink.addAccount(),
        folder,
        httpVersion: HTTP_VERSION,
      });
      return await measure({ sink, engine, curl, engineKey, folder });
    } finally {
      await engine.stop();
    }
  } finally {
    await sink.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Lets both sides take turns, so that what else the machine does hits both; gives what each answered, round by round. */
export async function takeTurns<Reference, Own>(
  runReference: (round: number) => Promise<Reference>,
  runOwn: (round: number) => Promise<Own>,
  rounds = ROUNDS,
): Promise<{ readonly reference: readonly Reference[]; readonly own: readonly Own[] }> {
  const reference: Reference[] = [];
  const own: Own[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const referenceAnswer = await runReference(round);
    const ownAnswer = await runOwn(round);
    if (round === 0) continue;
    reference.push(referenceAnswer);
    own.push(ownAnswer);
  }
  return { reference, own };
}
