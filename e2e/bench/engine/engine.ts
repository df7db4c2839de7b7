import { setTimeout } from 'node:timers/promises';
import { app } from 'electron';
import { assertNever } from '#app/assert-never.ts';
import type { Transfer } from '#app/transfers/transfer.ts';
import { startLoopProbe, stopLoopProbe } from '../loop-probe.ts';
import { readMonotonicMs } from '../sink/monotonic-clock.ts';
import type { EngineCommand, TransferWork } from './engine-messages.ts';
import { type Engine, openEngine } from './open-engine.ts';

// The main process of an Electron without a window, started by engine-process.ts.

let opened: Engine | undefined;

process.on('message', (command: EngineCommand) => {
  execute(command).then(
    (value) => process.send?.({ kind: 'answer', value }),
    (cause: unknown) => process.send?.({ kind: 'fault', message: String(cause) }),
  );
});
process.once('disconnect', () => app.exit());
// Not awaited: Electron is ready only when this module has been run to its end.
void app.whenReady().then(() => process.send?.({ kind: 'answer', value: {} }));

async function execute(command: EngineCommand): Promise<object> {
  switch (command.kind) {
    case 'open':
      opened = await openEngine(command.account);
      return {};
    case 'collectGarbage':
      // Absent unless V8 is told to expose it, which engine-process.ts does.
      globalThis.gc?.();
      return {};
    case 'run':
      return run(findEngine(), command.work, command.isDelayWatched);
    case 'cancel':
      return cancel(findEngine(), command.work, command.afterMs);
    case 'delete':
      return { durationMs: await findEngine().delete(command.fileIds) };
    case 'rest': {
      startLoopProbe();
      await setTimeout(command.durationMs);
      return { loopDelay: stopLoopProbe() };
    }
    default:
      return assertNever(command);
  }
}

async function run(engine: Engine, work: TransferWork, isDelayWatched: boolean): Promise<object> {
  await engine.clearFinished();
  if (isDelayWatched) startLoopProbe();
  const startedAt = performance.now();
  await Promise.all([engine.whenAtRest(), begin(engine, work)]);
  const durationMs = performance.now() - startedAt;
  const loopDelay = isDelayWatched ? stopLoopProbe() : null;
  const transfers = engine.list();
  const other = transfers.find(({ state }) => state !== 'done');
  if (other) throw new Error(describe(other));
  if (transfers.length !== work.uploadCount + work.saves.length) {
    throw new Error(`${transfers.length} transfers joined the queue`);
  }
  return { durationMs, loopDelay };
}

/** Does not wait for the transfer's end: an upload that was wholly sent is still looked for on the server. */
async function cancel(engine: Engine, work: TransferWork, afterMs: number): Promise<object> {
  const timer = setTimeout(afterMs);
  await begin(engine, work);
  await timer;
  const transfer = engine.list().at(-1);
  if (!transfer) throw new Error('No transfer has begun');
  const cancelledAt = readMonotonicMs();
  engine.cancel([transfer.id]);
  return { cancelledAt, state: transfer.state };
}

async function begin(engine: Engine, { uploadPaths, saves }: TransferWork): Promise<void> {
  await Promise.all([
    uploadPaths.length > 0 ? engine.upload(uploadPaths) : null,
    saves.length > 0 ? engine.save(saves) : null,
  ]);
}

function findEngine(): Engine {
  if (!opened) throw new Error('No account is open');
  return opened;
}

function describe({ name, state, error, question }: Transfer): string {
  return `${name} is ${state}: ${JSON.stringify(error ?? question)}`;
}
