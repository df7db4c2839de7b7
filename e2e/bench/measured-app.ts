import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { type AttachedPage, attachToPage } from '../harness/attach-to-page.ts';
import { connectInspector, type MainInspector } from './main-inspector.ts';

/** An Electron app that was started without any tool attached to it. */
export interface MeasuredApp {
  /** Of the main process. */
  readonly pid: number;
  /** Milliseconds since the epoch, just before the process was made. */
  readonly spawnedAt: number;
  /** Waits for text on standard output. */
  waitForOutput(pattern: RegExp): Promise<RegExpExecArray>;
  /** Attaches to the one page of the app; from then on the app is no longer by itself. */
  attach(): Promise<Page>;
  /** Attaches to the main process. */
  inspectMain(): Promise<MainInspector>;
  stop(): Promise<void>;
}

/** What to start, and as whom. */
export interface MeasuredAppOptions {
  readonly executable: string;
  /** The folder of the application. */
  readonly appFolder: string;
  readonly userDataFolder: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Of a server's certificate that Chromium is to trust, in this app only. */
  readonly trustedKeyHash?: string;
  /** Lets {@link MeasuredApp.inspectMain} in: the main process then listens for an inspector, which does nothing else. */
  readonly isInspectable?: boolean;
}

const OUTPUT_DEADLINE_MS = 30_000;

/** The folder of this project's own app. */
export const filesAppFolder = fileURLToPath(new URL('../..', import.meta.url));

/** The folder of the app that is nothing but an empty window. */
export const emptyAppFolder = fileURLToPath(new URL('empty-window', import.meta.url));

/** Starts an app the way all are started here: the same executable, the same switches, no launcher in between. */
export function startMeasuredApp(options: MeasuredAppOptions): MeasuredApp {
  const {
    executable,
    appFolder,
    userDataFolder,
    environment = {},
    isInspectable = false,
    trustedKeyHash,
  } = options;
  // As root, Chromium's sandbox cannot be used.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const inspector = isInspectable ? ['--inspect=0'] : [];
  const debugging = [...inspector, '--remote-debugging-port=0'];
  const trust = trustedKeyHash ? [`--ignore-certificate-errors-spki-list=${trustedKeyHash}`] : [];
  const args = [...sandbox, ...debugging, ...trust, `--user-data-dir=${userDataFolder}`, appFolder];
  const spawnedAt = Date.now();
  const child = spawn(executable, args, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  const output = collect(child.stdout);
  const problems = collect(child.stderr);
  let attached: AttachedPage | null = null;
  let main: MainInspector | null = null;
  if (child.pid === undefined) throw new Error(`${executable} could not be started`);
  return {
    pid: child.pid,
    spawnedAt,
    waitForOutput: (pattern) => output.waitFor(pattern),
    attach: async () => {
      const [, endpoint] = await problems.waitFor(/DevTools listening on (ws:\S+)/);
      attached = await attachToPage(endpoint ?? '');
      return attached.page;
    },
    inspectMain: async () => {
      const [, endpoint] = await problems.waitFor(/Debugger listening on (ws:\S+)/);
      main = await connectInspector(endpoint ?? '');
      return main;
    },
    stop: async () => {
      main?.close();
      await attached?.browser.close();
      child.kill();
      await exited;
    },
  };
}

function collect(stream: NodeJS.ReadableStream): { waitFor(pattern: RegExp): Promise<RegExpExecArray> } {
  let text = '';
  stream.on('data', (chunk: Buffer) => {
    text += chunk.toString('utf8');
  });
  return {
    waitFor: async (pattern) => {
      const deadline = AbortSignal.timeout(OUTPUT_DEADLINE_MS);
      for (;;) {
        const match = pattern.exec(text);
        if (match) return match;
        await once(stream, 'data', { signal: deadline }).catch((cause: unknown) => {
          throw new Error(`${pattern} was not written in time, but: ${text}`, { cause });
        });
      }
    },
  };
}
