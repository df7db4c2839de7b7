import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { bundleMain } from '../harness/bundle-main.ts';
import type { AppAnswer, AppCommand, TransportKind } from './app/app-messages.ts';
import type { Ask, Outcome, TransportSetup } from './app/asks.ts';

/** Main's transports in the main process of an Electron of their own, without a window. */
export interface TransportApp {
  setUp(setup: TransportSetup): Promise<void>;
  ask(transport: TransportKind, ask: Ask): Asked;
  stop(): Promise<void>;
}

/** A request under way. */
export interface Asked {
  readonly outcome: Promise<Outcome>;
  cancel(): Promise<void>;
}

/** What to start it with. */
export interface TransportAppOptions {
  readonly executable: string;
  /** For the bundle and the profile. */
  readonly folder: string;
  /** SHA-256 of public keys in base64: servers with these are taken by Chromium, whatever their certificates say. */
  readonly publicKeyHashes: readonly string[];
}

/** Bundles the transports as main is bundled and starts them in Electron. */
export async function startTransportApp(options: TransportAppOptions): Promise<TransportApp> {
  const appFolder = join(options.folder, 'transport-app');
  await bundleMain(new URL('app/app.ts', import.meta.url), appFolder);
  const child = spawn(options.executable, toArguments(options, appFolder), {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const tell = connectTo(child);
  await tell.ready;
  return {
    setUp: async (setup) => void (await tell.send((number) => ({ kind: 'setUp', number, setup })).answer),
    ask: (transport, ask) => {
      const { number: asked, answer } = tell.send((number) => ({ kind: 'ask', number, transport, ask }));
      return {
        outcome: answer.then(toOutcome),
        cancel: async () => void (await tell.send((number) => ({ kind: 'cancel', number, asked })).answer),
      };
    },
    stop: async () => {
      const exited = once(child, 'exit');
      child.kill();
      await exited;
    },
  };
}

function connectTo(child: ChildProcess) {
  const waiting = new Map<number, { resolve(answer: AppAnswer): void; reject(cause: Error): void }>();
  let problems = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    problems += chunk.toString('utf8');
  });
  // Typed by the app that sends it.
  child.on('message', (message) => {
    const answer = message as AppAnswer;
    waiting.get(answer.number)?.resolve(answer);
    waiting.delete(answer.number);
  });
  child.once('exit', () => {
    for (const { reject } of waiting.values())
      reject(new Error(`The app of the table has ended\n${problems}`));
  });
  const waitFor = async (number: number): Promise<AppAnswer> => {
    const answer = await new Promise<AppAnswer>((resolve, reject) =>
      waiting.set(number, { resolve, reject }),
    );
    if (answer.kind === 'fault') throw new Error(answer.message);
    return answer;
  };
  let count = 0;
  return {
    ready: waitFor(0),
    send: (toCommand: (number: number) => AppCommand) => {
      count += 1;
      const answer = waitFor(count);
      child.send(toCommand(count));
      return { number: count, answer };
    },
  };
}

function toOutcome(answer: AppAnswer): Outcome {
  if (answer.kind !== 'outcome') throw new Error(`A request was answered with ${answer.kind}`);
  return answer.outcome;
}

function toArguments({ folder, publicKeyHashes }: TransportAppOptions, appFolder: string): readonly string[] {
  return [
    // As root, Chromium's sandbox cannot be used.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    `--user-data-dir=${join(folder, 'transport-profile')}`,
    // Chromium on Linux reads no authority from a file.
    `--ignore-certificate-errors-spki-list=${publicKeyHashes.join(',')}`,
    ...(process.platform === 'linux' ? ['--disable-gpu'] : []),
    appFolder,
  ];
}
