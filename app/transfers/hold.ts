import { isUnreachable } from '../errors.ts';
import type { TransferHold } from './transfer.ts';

/** Whether a hold ends without a person: at a time that is known, or when the server can be reached again. */
export function endsByItself({ resumesAt, error }: Pick<TransferHold, 'resumesAt' | 'error'>): boolean {
  return resumesAt !== null || isUnreachable(error);
}
