import type { ConnectCommands, ConnectInput } from '#app/contract/connect-contract.ts';
import type { CommandHandlers } from '../ipc/register-bridge.ts';
import type { Accounts } from './accounts.ts';
import type { Recovery } from './recovery.ts';

/** What the connect window's commands need of the rest of main. */
export interface ConnectHandlersParts {
  readonly keychainStatus: Accounts['keychainStatus'];
  readonly noteBegun: Recovery['noteBegun'];
  /** Checks a key and shows its files. Throws `AppFailure`. */
  readonly connect: (input: ConnectInput) => Promise<void>;
}

/** Makes the handler of every command of the connect window. */
export function createConnectHandlers(parts: ConnectHandlersParts): CommandHandlers<ConnectCommands> {
  return {
    getKeychain: parts.keychainStatus,
    noteBegun: () => {
      parts.noteBegun();
      return null;
    },
    connect: async (input) => {
      parts.noteBegun();
      await parts.connect(input);
      return null;
    },
  };
}
