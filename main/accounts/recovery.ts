import type { Accounts } from './accounts.ts';

/** What a recovery is made of. */
export interface RecoveryParts {
  readonly recover: Accounts['recover'];
  /** Whether files are in view already. */
  readonly isOpen: () => boolean;
  /** Shows the files of the account that was found, in place of the connect window. */
  readonly show: () => Promise<void>;
}

/** Looks in the keychain for an account that the list has lost, while the connect window is open. */
export interface Recovery {
  /** Notes that the person types or connects: what is in the connect window is not taken from them any more in this run. */
  noteBegun(): void;
  /** Shows the account if there is one. The keychain may answer late, as it waits for a person to unlock it. */
  open(): Promise<void>;
}

/** Makes the recovery. */
export function createRecovery({ recover, isOpen, show }: RecoveryParts): Recovery {
  let hasBegun = false;
  return {
    noteBegun: () => {
      hasBegun = true;
    },
    open: async () => {
      if (!(await recover()) || hasBegun || isOpen()) return;
      await show();
    },
  };
}
