import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { z } from 'zod';
import { bundleMain } from '../harness/bundle-main.ts';
import {
  answerSchema,
  cancelSchema,
  deleteSchema,
  type EngineAccount,
  type EngineCommand,
  restSchema,
  runSchema,
  type TransferWork,
} from './engine/engine-messages.ts';
import type { LoopBlock } from './loop-probe.ts';
import type { Certificate } from './sink/certificate.ts';

/** The transfer engine in an Electron of its own, without a window. */
export interface EngineProcess {
  /** Of Electron's main process. */
  readonly pid: number;
  open(account: EngineAccount): Promise<void>;
  collectGarbage(): Promise<void>;
  /** Runs transfers until all are done; throws when one ends otherwise. */
  run(work: TransferWork, options?: { readonly isDelayWatched: boolean }): Promise<z.infer<typeof runSchema>>;
  /** Begins a transfer and cancels it some milliseconds later. */
  cancel(work: TransferWork, afterMs: number): Promise<z.infer<typeof cancelSchema>>;
  /** Deletes files of the account; gives how long that took, in milliseconds. */
  delete(fileIds: readonly string[]): Promise<number>;
  rest(durationMs: number): Promise<LoopBlock>;
  stop(): Promise<void>;
}

/** What to start it with. */
export interface EngineProcessOptions {
  readonly executable: string;
  /** For the bundle and the profile. */
  readonly folder: string;
  readonly certificate: Certificate;
}

const ANSWER_DEADLINE_MS = 120_000;

/** Bundles the engine as main is bundled and starts it in Electron. */
export async function startEngineProcess(options: EngineProcessOptions): Promise<EngineProcess> {
  const appFolder = join(options.folder, 'engine-app');
  await bundleMain(new URL('engine/engine.ts', import.meta.url), appFolder);
  const child = spawn(options.executable, toArguments(options, appFolder), {
    env: { ...process.env, SSL_CERT_FILE: options.certificate.certificateFile },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let problems = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    problems += chunk.toString('utf8');
  });
  const exited = once(child, 'exit');
  const nextAnswer = async (): Promise<unknown> => {
    const signal = AbortSignal.timeout(ANSWER_DEADLINE_MS);
    const [message] = await Promise.race([
      once(child, 'message', { signal }),
      exited.then(() => Promise.reject(new Error('It has ended'))),
    ]).catch((cause: unknown) => {
      throw new Error(
        `The engine did not answer: ${cause}, exit code ${child.exitCode}, signal ${child.signalCode}\n${problems}`,
        { cause },
      );
    });
    const answer = answerSchema.parse(message);
    if (answer.kind === 'fault') throw new Error(`The engine failed: ${answer.message}`);
    return answer.value;
  };
  const tell = async (command: EngineCommand): Promise<unknown> => {
    const answered = nextAnswer();
    child.send(command);
    return answered;
  };
  await nextAnswer();
  if (child.pid === undefined) throw new Error(`${options.executable} could not be started`);
  return {
    pid: child.pid,
    open: async (account) => void (await tell({ kind: 'open', account })),
    collectGarbage: async () => void (await tell({ kind: 'collectGarbage' })),
    run: async (work, { isDelayWatched } = { isDelayWatched: false }) =>
      runSchema.parse(await tell({ kind: 'run', work, isDelayWatched })),
    cancel: async (work, afterMs) => cancelSchema.parse(await tell({ kind: 'cancel', work, afterMs })),
    delete: async (fileIds) => deleteSchema.parse(await tell({ kind: 'delete', fileIds })).durationMs,
    rest: async (durationMs) => restSchema.parse(await tell({ kind: 'rest', durationMs })).loopDelay,
    stop: async () => {
      child.kill();
      await exited;
    },
  };
}

function toArguments({ folder, certificate }: EngineProcessOptions, appFolder: string): readonly string[] {
  return [
    // As root, Chromium's sandbox cannot be used.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    `--user-data-dir=${join(folder, 'engine-profile')}`,
    // Chromium reads neither SSL_CERT_FILE nor the switch of curl: this one key is trusted, in the bench only.
    `--ignore-certificate-errors-spki-list=${certificate.publicKeyHash}`,
    '--js-flags=--expose-gc',
    appFolder,
  ];
}
