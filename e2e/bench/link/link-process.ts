import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';

/** A link to a server of this computer, in a process of its own. */
export interface LinkProcess {
  /** Of this computer; what connects here reaches the server. */
  readonly port: number;
  stop(): Promise<void>;
}

/** What a link is like. */
export interface LinkSpeed {
  /** Of each direction. */
  readonly megabits: number;
  readonly roundTripMs: number;
}

/** What the figures are taken over unless they say so. */
export const FAST_LINK: LinkSpeed = { megabits: 1000, roundTripMs: 20 };
/** What transfers share while it is looked at what else they slow down. */
export const SHARED_LINK: LinkSpeed = { megabits: 250, roundTripMs: 20 };

const greeting = z.object({ port: z.int().positive() });

/** Starts a link to a port; resolves when it listens. */
export async function startLinkProcess(
  targetPort: number,
  { megabits, roundTripMs }: LinkSpeed,
): Promise<LinkProcess> {
  const child = fork(
    fileURLToPath(new URL('relay.ts', import.meta.url)),
    [targetPort, (megabits * 1e6) / 8, roundTripMs].map(String),
    // tsx's cache would stay behind in the system's place for temporary files.
    { execArgv: ['--import', 'tsx'], env: { ...process.env, TSX_DISABLE_CACHE: '1' } },
  );
  const exited = once(child, 'exit');
  const [message] = await Promise.race([once(child, 'message'), exited]);
  const { port } = greeting.parse(message);
  return {
    port,
    stop: async () => {
      child.disconnect();
      await exited;
    },
  };
}
