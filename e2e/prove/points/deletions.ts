import type { DeletionCrashPoint } from '../deletion-crash.ts';

const heldAt = (call: number, at: 'headers' | 'applied') =>
  ({ on: 'delete', from: call, times: Number.POSITIVE_INFINITY, fault: { kind: 'hang', at } }) as const;

/** What every run of the tests takes. */
export const FEW_DELETION_POINTS: readonly DeletionCrashPoint[] = [
  { name: 'in the grace period' },
  { name: 'the 30th file is gone, the answer is held', hold: heldAt(30, 'applied') },
];

/** What is proved besides. */
export const MORE_DELETION_POINTS: readonly DeletionCrashPoint[] = [
  { name: 'the first request is held', hold: heldAt(1, 'headers') },
  { name: 'the first file is gone, the answer is held', hold: heldAt(1, 'applied') },
  { name: 'the 30th request is held', hold: heldAt(30, 'headers') },
  { name: 'the last file is gone, the answer is held', hold: heldAt(60, 'applied') },
  { name: 'stopped at the 20th', hold: heldAt(20, 'headers'), isCancelled: true },
];
