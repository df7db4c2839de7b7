import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';

/** The local server with its 40 sample files, in another process. */
export interface ServerProcess {
  readonly baseUrl: string;
  readonly apiKey: string;
  /** Gives the SHA-256 of what was uploaded under a name, hexadecimal; null when nothing was. */
  readSha256(name: string): Promise<string | null>;
  stop(): Promise<void>;
}

const greeting = z.object({ baseUrl: z.string(), apiKey: z.string() });
const answer = z.object({ sha256: z.string().nullable() });

/** Starts the server; resolves when it listens. */
export async function startServerProcess(): Promise<ServerProcess> {
  const child = fork(fileURLToPath(new URL('bench-server.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx'],
    // Its cache would stay behind in the system's place for temporary files.
    env: { ...process.env, TSX_DISABLE_CACHE: '1' },
  });
  const exited = once(child, 'exit');
  const [message] = await Promise.race([once(child, 'message'), exited]);
  return {
    ...greeting.parse(message),
    readSha256: async (name) => {
      const answered = once(child, 'message');
      child.send(name);
      const [found] = await answered;
      return answer.parse(found).sha256;
    },
    stop: async () => {
      child.disconnect();
      await exited;
    },
  };
}
