import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';

/** What the official SDK is asked to do, one call after the other. */
export type SdkTask =
  | { readonly kind: 'upload'; readonly paths: readonly string[] }
  | { readonly kind: 'download'; readonly fileId: string; readonly path: string }
  | { readonly kind: 'delete'; readonly fileIds: readonly string[] };

/** The official SDK in a process of its own. */
export interface SdkProcess {
  /** Gives how long a task took, in milliseconds, without the start of the process; throws when it failed. */
  run(task: SdkTask): Promise<number>;
  stop(): Promise<void>;
}

const answer = z.object({ durationMs: z.number() });

/** Starts it for one key; resolves when the SDK is loaded. */
export async function startSdkProcess(parts: {
  readonly endpoint: string;
  readonly key: string;
  readonly certificateFile: string;
}): Promise<SdkProcess> {
  const { endpoint, key, certificateFile } = parts;
  const child = fork(fileURLToPath(new URL('sdk.ts', import.meta.url)), [endpoint, key], {
    execArgv: ['--import', 'tsx'],
    // tsx's cache would stay behind in the system's place for temporary files.
    env: { ...process.env, TSX_DISABLE_CACHE: '1', NODE_EXTRA_CA_CERTS: certificateFile },
  });
  const exited = once(child, 'exit');
  const nextAnswer = async () => {
    const [message] = await Promise.race([once(child, 'message'), exited]);
    return answer.parse(message).durationMs;
  };
  await nextAnswer();
  return {
    run: (task) => {
      const answered = nextAnswer();
      child.send(task);
      return answered;
    },
    stop: async () => {
      child.disconnect();
      await exited;
    },
  };
}
