import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Certificate } from './certificate.ts';
import {
  addedFilesSchema,
  type Exchanges,
  exchangesSchema,
  type SinkQuestion,
  sinkGreetingSchema,
} from './sink-messages.ts';

/** The discarding server, in another process. */
export interface SinkProcess {
  readonly endpoint: string;
  /** Of this computer. */
  readonly port: number;
  readonly certificate: Certificate;
  /** Makes an empty account and gives its key. */
  addAccount(answerDelayMs?: number): Promise<string>;
  /** Adds so many files to the account of a key; gives their ids. */
  addFiles(key: string, count: number): Promise<readonly string[]>;
  /** Waits until nothing is on its way for a key; gives the exchanges since the last time. */
  takeExchanges(key: string): Promise<Exchanges>;
  stop(): Promise<void>;
}

/** An exchange that stays open that long is one that nobody ended. */
const ANSWER_DEADLINE_MS = 20_000;

/** Gives the endpoint of a sink that is reached by a port of this computer. */
export function toSinkEndpoint(port: number): string {
  return `https://127.0.0.1:${port}/api/v1`;
}

/** Starts the sink; resolves when it listens. */
export async function startSinkProcess(certificate: Certificate): Promise<SinkProcess> {
  const child = fork(
    fileURLToPath(new URL('sink.ts', import.meta.url)),
    [certificate.keyFile, certificate.certificateFile],
    // tsx's cache would stay behind in the system's place for temporary files.
    { execArgv: ['--import', 'tsx'], env: { ...process.env, TSX_DISABLE_CACHE: '1' } },
  );
  const exited = once(child, 'exit');
  const [greeting] = await Promise.race([once(child, 'message'), exited]);
  const { port } = sinkGreetingSchema.parse(greeting);
  const ask = async (question: SinkQuestion): Promise<unknown> => {
    const answered = once(child, 'message', { signal: AbortSignal.timeout(ANSWER_DEADLINE_MS) });
    child.send(question);
    const [answer] = await answered;
    return answer;
  };
  let accounts = 0;
  return {
    endpoint: toSinkEndpoint(port),
    port,
    certificate,
    addAccount: async (answerDelayMs = 0) => {
      accounts += 1;
      const key = `sk-or-v1-bench-${accounts}`;
      await ask({ kind: 'addAccount', key, answerDelayMs });
      return key;
    },
    addFiles: async (key, count) => addedFilesSchema.parse(await ask({ kind: 'addFiles', key, count })).ids,
    takeExchanges: async (key) => exchangesSchema.parse(await ask({ kind: 'takeExchanges', key })),
    stop: async () => {
      child.disconnect();
      await exited;
    },
  };
}
