import { AppFailure } from '#app/errors.ts';
import type { Keychain } from './keychain.ts';

/** A keychain that can be looked into, and locked. */
export interface MemoryKeychain extends Keychain {
  readonly entries: Map<string, string>;
  isLocked: boolean;
}

/** Makes one with nothing in it, for tests. */
export function createMemoryKeychain(): MemoryKeychain {
  const entries = new Map<string, string>();
  const keychain = {
    entries,
    isLocked: false,
    check: async () => {
      if (keychain.isLocked) throw new AppFailure({ code: 'keychainUnavailable', reason: 'locked' });
    },
    read: async (account: string) => {
      await keychain.check();
      return entries.get(account) ?? null;
    },
    readAll: async () => {
      await keychain.check();
      return new Map(entries);
    },
    write: async (account: string, secret: string) => {
      await keychain.check();
      entries.set(account, secret);
    },
    remove: async (account: string) => {
      await keychain.check();
      return entries.delete(account);
    },
    tryOut: () => keychain.check(),
  };
  return keychain;
}
