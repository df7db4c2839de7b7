import { isUnreachable } from '#app/errors.ts';
import type { DeletionPause } from '#app/files/deletion.ts';
import { endsByItself } from '#app/transfers/hold.ts';
import type { TransferHold } from '#app/transfers/transfer.ts';

/** Gives what deletions wait for, of what holds the account up; null while they do not. They wait for no person. */
export function toPause(holds: readonly TransferHold[]): DeletionPause | null {
  const hold = holds.find((one) => one.scope === 'all' && endsByItself(one));
  if (hold === undefined) return null;
  const { error, resumesAt } = hold;
  if (isUnreachable(error) || resumesAt === null) return { reason: 'unreachable', resumesAt: null };
  return { reason: error.code === 'rateLimited' ? 'limited' : 'failing', resumesAt };
}
