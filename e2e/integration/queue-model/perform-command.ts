import fs from 'node:fs';
import { join } from 'node:path';
import { assertNever } from '#app/assert-never.ts';
import type { Transfer } from '#app/transfers/transfer.ts';
import { canRetry, isFinished } from '#app/transfers/transfer-states.ts';
import { toDiskStats } from '../../../main/disk/disk-calls.ts';
import type { TransferQueue } from '../../../main/transfers/queue/transfer-queue.ts';
import { toIdentity } from '../../../main/transfers/saves/save-target.ts';
import { noteCancel, noteRetry } from './person.ts';
import { toRemoteFile } from './server-model.ts';
import type { Command, Step } from './steps.ts';
import type { World } from './world.ts';

/** Gives a person's command to the queue; one for which there is nothing to choose is passed over. */
export function performCommand(world: World, queue: TransferQueue, step: Command): void {
  switch (step.kind) {
    case 'upload':
      addUpload(world, queue, step);
      break;
    case 'save':
      addSave(world, queue, step);
      break;
    case 'pause':
      queue.pause();
      break;
    case 'resume':
      world.allowKey();
      queue.resume();
      break;
    case 'clearFinished':
      queue.clearFinished();
      break;
    case 'concurrency':
      world.concurrency = step.concurrency;
      queue.setConcurrency(step.concurrency);
      break;
    case 'cancel':
    case 'retry':
    case 'check':
    case 'answer':
    case 'changeSource':
      performOnOne(world, queue, step);
      break;
    default:
      assertNever(step);
  }
}

type OnOne = Extract<Command, { readonly pick: number }> & {
  readonly kind: Exclude<Command['kind'], 'save'>;
};

function performOnOne(world: World, queue: TransferQueue, step: OnOne): void {
  const { person } = world;
  const meant = queue.list().filter((transfer) => isMeant(transfer, step.kind));
  const chosen = meant[step.pick % Math.max(1, meant.length)];
  if (!chosen) return;
  const { id } = chosen;
  switch (step.kind) {
    case 'cancel':
      noteCancel(person, id);
      queue.cancel([id]);
      break;
    case 'retry':
      noteRetry(person, chosen);
      queue.retry([id]);
      break;
    case 'check':
      queue.check([id]);
      break;
    case 'answer':
      if (step.answer === 'skip') person.skipped.add(id);
      queue.answer([id], step.answer);
      break;
    case 'changeSource':
      fs.appendFileSync(queue.findPath(id) ?? '', 'more');
      break;
    default:
      assertNever(step);
  }
}

function isMeant({ state, direction }: Transfer, kind: OnOne['kind']): boolean {
  switch (kind) {
    case 'cancel':
      return !isFinished(state);
    case 'retry':
      return canRetry(state);
    case 'check':
      return state === 'unknown';
    case 'answer':
      return state === 'asking';
    case 'changeSource':
      return direction === 'upload';
    default:
      return assertNever(kind);
  }
}

/** Writes a source of its own, or takes the newest of the size again. */
function addUpload(world: World, queue: TransferQueue, step: Step & { kind: 'upload' }): void {
  const { name, sizeBytes, isCopy } = step;
  const folder = join(world.folder, 'sources');
  fs.mkdirSync(folder, { recursive: true });
  const sources = fs.readdirSync(folder).sort();
  const newest = isCopy ? sources.findLast((source) => source.endsWith(`-${sizeBytes}`)) : undefined;
  const own = `${String(sources.length).padStart(3, '0')}-${sizeBytes}`;
  const path = join(folder, newest ?? own);
  if (!newest) fs.writeFileSync(path, own.padEnd(sizeBytes, '.'));
  queue.add([{ direction: 'upload', path, name, sizeBytes }]);
}

function addSave(world: World, queue: TransferQueue, step: Step & { kind: 'save' }): void {
  const saveable = world.server.files().filter(({ isSaveable }) => isSaveable);
  const file = saveable[step.pick % Math.max(1, saveable.length)];
  if (!file) return;
  const path = join(world.saveFolder, step.name);
  const there = step.mayReplace ? fs.lstatSync(path, { bigint: true, throwIfNoEntry: false }) : undefined;
  const target = { path, replaces: there ? toIdentity(toDiskStats(there)) : null };
  const known = new Set(queue.list().map(({ id }) => id));
  queue.add([{ direction: 'save', file: toRemoteFile(file), target }]);
  for (const { id } of queue.list()) if (there && !known.has(id)) world.person.mayReplace.set(id, path);
}
