import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import {
  type ListingQuestion,
  listingGreetingSchema,
  type PageRequests,
  releaseSchema,
  requestsSchema,
} from './listing-messages.ts';

/** A location of many files, in another process, that answers as fast as it can. */
export interface ListingProcess {
  readonly endpoint: string;
  readonly key: string;
  /** The URLs of one reading from start to end, in order. */
  readonly pageUrls: readonly string[];
  /** Makes requests for pages wait. */
  hold(): Promise<void>;
  /** Waits until a page is asked for and held. */
  whenHeld(): Promise<void>;
  /** Lets them go on; gives when, in milliseconds since the epoch. */
  release(): Promise<number>;
  /** Makes it think before each page from now on, in milliseconds; it does not until told. */
  setDelay(delayMs: number): Promise<void>;
  /** Gives the requests for pages since the last time. */
  takeRequests(): Promise<PageRequests>;
  stop(): Promise<void>;
}

const ANSWER_DEADLINE_MS = 30_000;

/** Starts it; resolves when it listens. */
export async function startListingProcess(fileCount: number): Promise<ListingProcess> {
  const child = fork(
    fileURLToPath(new URL('listing-server.ts', import.meta.url)),
    [String(fileCount)],
    // tsx's cache would stay behind in the system's place for temporary files.
    { execArgv: ['--import', 'tsx'], env: { ...process.env, TSX_DISABLE_CACHE: '1' } },
  );
  const exited = once(child, 'exit');
  const [greeting] = await Promise.race([once(child, 'message'), exited]);
  const { port, queries } = listingGreetingSchema.parse(greeting);
  const endpoint = `http://127.0.0.1:${port}/api/v1`;
  const ask = async (question: ListingQuestion): Promise<unknown> => {
    const answered = once(child, 'message', { signal: AbortSignal.timeout(ANSWER_DEADLINE_MS) });
    child.send(question);
    const [answer] = await answered;
    return answer;
  };
  return {
    endpoint,
    key: 'sk-or-v1-bench',
    pageUrls: queries.map((query) => `${endpoint}/files?${query}`),
    hold: async () => void (await ask({ kind: 'hold' })),
    whenHeld: async () => void (await ask({ kind: 'whenHeld' })),
    release: async () => releaseSchema.parse(await ask({ kind: 'release' })).releasedAt,
    setDelay: async (delayMs) => void (await ask({ kind: 'setDelay', delayMs })),
    takeRequests: async () => requestsSchema.parse(await ask({ kind: 'takeRequests' })).requests,
    stop: async () => {
      child.disconnect();
      await exited;
    },
  };
}
