import { isOwnJudgement } from '../errors.ts';
import type { Transfer } from './transfer.ts';

type Outcome = Pick<Transfer, 'state' | 'error'>;

/** Whether an upload failed by this app's judgement alone, so that a person may let the server decide. */
export function canSendAnyway({ state, error }: Outcome): boolean {
  return state === 'failed' && error !== null && isOwnJudgement(error);
}

/** Whether an upload failed for its name, so that it can be uploaded under the one that is suggested. */
export function canUseSuggestedName({ state, error }: Outcome): boolean {
  return state === 'failed' && error?.code === 'invalidName';
}

/** Whether an upload failed as its text is not UTF-8, so that a UTF-8 copy of it can be uploaded. */
export function canUploadUtf8Copy({ state, error }: Outcome): boolean {
  return state === 'failed' && error?.code === 'notUtf8';
}
