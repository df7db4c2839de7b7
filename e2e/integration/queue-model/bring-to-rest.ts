import type { Transfer, TransferState } from '#app/transfers/transfer.ts';
import { isFinished } from '#app/transfers/transfer-states.ts';
import type { TransferQueue } from '../../../main/transfers/queue/transfer-queue.ts';
import { disk } from './disk.ts';
import { noteRetry } from './person.ts';
import type { World } from './world.ts';

/**
 * Ends every fault, lets the queue come to rest, and reports what is not as the promises say; then asks for all that is
 * not done until it is.
 */
export async function bringToRest(world: World): Promise<void> {
  world.faults.clear();
  disk.setFull('journal', false);
  disk.setFull('saves', false);
  const { queue } = await world.opened();
  await resume(world, queue);
  await answerAll(world, queue);
  checkEnds(world, queue);
  // What has failed for good leaves nothing behind, before it is asked for again.
  world.outcomes.checkFolder();
  await rest(world);

  const inState = (...states: readonly TransferState[]) =>
    queue.list().filter(({ state }) => states.includes(state));
  queue.check(inState('unknown').map(({ id }) => id));
  await rest(world);
  checkEnds(world, queue);
  const again = inState('failed', 'unknown');
  for (const transfer of again) noteRetry(world.person, transfer);
  queue.retry(again.map(({ id }) => id));
  await rest(world);
  await answerAll(world, queue);
  for (const transfer of inState('failed', 'unknown')) {
    const isGone = transfer.direction === 'save' && !world.server.find(transfer.fileId ?? '');
    if (!isGone) world.report(`${transfer.state} again on a healthy server: ${transfer.error?.code}`);
  }
  await world.lookAtWindow();
  world.outcomes.checkFolder();
  world.look();
}

/** What was on its way as the faults ended may still be refused once. */
async function resume(world: World, queue: TransferQueue): Promise<void> {
  do {
    world.allowKey();
    queue.resume();
    await rest(world);
  } while (queue.status().holds.length > 0);
}

async function rest(world: World): Promise<void> {
  await world.settle();
  await world.passUntil(() => false);
  world.checkRest();
}

async function answerAll(world: World, queue: TransferQueue): Promise<void> {
  for (;;) {
    const asking = queue.list().filter(({ state }) => state === 'asking');
    if (asking.length === 0) return;
    queue.answer(
      asking.map(({ id }) => id),
      'upload',
    );
    await rest(world);
  }
}

function checkEnds(world: World, queue: TransferQueue): void {
  for (const transfer of queue.list()) {
    const fault = findFault(transfer, world);
    if (fault) world.report(`${fault}: ${transfer.direction} ${transfer.state}`);
  }
  world.look();
}

function findFault({ id, state, error }: Transfer, { person }: World): string | null {
  if (!isFinished(state)) return 'Not finished at rest';
  if ((state === 'failed' || state === 'unknown') && error === null) return 'Without a cause';
  if (state === 'done' && error !== null) return 'With a cause';
  if (state === 'cancelled' && !person.mayBeCancelled.has(id)) return 'Without the person’s word';
  if (state === 'skipped' && !person.skipped.has(id)) return 'Without the person’s word';
  return null;
}
