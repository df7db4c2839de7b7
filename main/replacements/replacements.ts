import type { AppError } from '#app/errors.ts';
import { AppFailure } from '#app/errors.ts';
import type { Deletions } from '../deletions/deletions.ts';
import type { Replacement, Transfers } from '../transfers/open-transfers.ts';

/** What replacing files needs of their location. */
export interface ReplacementsParts {
  readonly transfers: Pick<Transfers, 'listReplacements'>;
  readonly deletions: Pick<Deletions, 'deleteReplaced'>;
  readonly toUnexpected: (cause: unknown) => AppError;
}

/** Deletes files whose successors are there. */
export interface Replacements {
  /** To be told when there may be such a file: at the start, when an upload that replaces one is there, and when a download of one has ended. */
  note(): void;
}

/**
 * Makes it. That an upload replaces a file is on disk with the upload, until the deletion of that file is on disk in its
 * turn: a crash in between forgets nothing, and before the upload is confirmed nothing is deleted.
 */
export function createReplacements({ transfers, deletions, toUnexpected }: ReplacementsParts): Replacements {
  const inHand = new Set<string>();

  const replace = async ({ transferId, replacedId, name }: Replacement) => {
    inHand.add(transferId);
    try {
      await deletions.deleteReplaced(replacedId, name);
      inHand.delete(transferId);
    } catch (cause) {
      // It has been told, unless the location is being left. It stays in hand: not before the next start is it tried again.
      if (!(cause instanceof AppFailure)) toUnexpected(cause);
    }
  };
  return {
    note: () => {
      for (const replacement of transfers.listReplacements()) {
        if (!inHand.has(replacement.transferId)) void replace(replacement);
      }
    },
  };
}
