import fs from 'node:fs';
import { join } from 'node:path';
import { assertNever } from '#app/assert-never.ts';
import { disk } from './disk.ts';
import { performCommand } from './perform-command.ts';
import type { Step } from './steps.ts';
import type { World } from './world.ts';

/** Does what a step says, and settles when all that follows at once has happened. */
export async function performStep(world: World, step: Step): Promise<void> {
  switch (step.kind) {
    case 'uploadFault':
      world.faults.uploads.push(step.plan);
      break;
    case 'listFault':
      world.faults.lists.push(step.plan);
      break;
    case 'contentFault':
      world.faults.contents.push(step.plan);
      break;
    case 'outage':
      world.faults.begin(step.outage);
      break;
    case 'fullDisk':
      disk.setFull(step.what, step.isFull);
      break;
    case 'othersAdd':
      world.server.add({ name: step.name, content: Buffer.alloc(step.sizeBytes, 'x'), transferId: null });
      break;
    case 'othersDelete':
      removeFromServer(world, step.pick);
      break;
    case 'othersWrite':
      writeForeign(world, step.name);
      break;
    case 'pass':
      await world.passTime(step.ms);
      break;
    case 'crash':
      for (let event = 0; event < step.events; event += 1) if (!(await world.passEvent())) break;
      world.crash(step.leftPart);
      world.restart(step.awayMs);
      break;
    case 'quit':
      await world.quit();
      world.restart(step.awayMs);
      break;
    case 'refresh':
      world.refreshIndex();
      await world.settle();
      break;
    case 'look':
      void world.lookAtWindow();
      await world.settle();
      break;
    case 'upload':
    case 'save':
    case 'cancel':
    case 'retry':
    case 'check':
    case 'changeSource':
    case 'answer':
    case 'pause':
    case 'resume':
    case 'clearFinished':
    case 'concurrency': {
      const { queue } = await world.opened();
      performCommand(world, queue, step);
      await world.settle();
      break;
    }
    default:
      assertNever(step);
  }
}

function removeFromServer({ server }: World, pick: number): void {
  const files = server.files();
  const file = files[pick % Math.max(1, files.length)];
  if (file) server.remove(file.id);
}

function writeForeign(world: World, name: string): void {
  const path = join(world.saveFolder, name);
  if (fs.existsSync(path)) return;
  const content = Buffer.from(`another program's ${name}`);
  fs.writeFileSync(path, content);
  // Two files of one moment would have one identity where the system hands out a number again.
  fs.utimesSync(path, 86_400, 86_400);
  world.outcomes.noteForeign(path, content);
}
