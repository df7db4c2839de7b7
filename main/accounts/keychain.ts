import { createRequire } from 'node:module';
import type * as Keytar from 'keytar';
import { AppFailure } from '#app/errors.ts';

/** The system's keychain, as far as this app uses it. Every method throws `AppFailure` with `keychainUnavailable`, and with `keychainSilent` where it is patient. */
export interface Keychain {
  /** Finds out whether a secret could be kept, without keeping one. */
  check(): Promise<void>;
  /** Answers null when the keychain gave nothing, as there is no such entry or the person did not unlock it. */
  read(account: string): Promise<string | null>;
  /** Gives all secrets of this app by their accounts. */
  readAll(): Promise<ReadonlyMap<string, string>>;
  write(account: string, secret: string): Promise<void>;
  /** Removes a secret; answers false when the keychain gave none to remove, as it is gone or locked: it does not say which. */
  remove(account: string): Promise<boolean>;
  /** Keeps something without worth and removes it: only a keychain that is unlocked, or that the person unlocks, does that. */
  tryOut(): Promise<void>;
}

/** The name under which entries stand in the system's keychain. */
const SERVICE = 'Files for OpenRouter';
const PROBE_ACCOUNT = 'availability-probe';

/**
 * Opens the real keychain: Keychain on macOS, Credential Manager on Windows, the Secret Service on Linux. The native
 * module is loaded at the first use, as on a Linux without libsecret already that fails. `redact` takes keys out of what
 * the system says.
 */
export function createKeychain(redact: (text: string) => string): Keychain {
  let keytar: typeof Keytar | null = null;
  const use = async <Value>(action: (loaded: typeof Keytar) => Promise<Value>): Promise<Value> => {
    try {
      // A type of its own package; require is untyped.
      keytar ??= createRequire(import.meta.url)('keytar') as typeof Keytar;
      return await action(keytar);
    } catch (cause) {
      throw toUnavailable(cause, redact);
    }
  };
  return {
    check: async () => {
      await use((loaded) => loaded.getPassword(SERVICE, PROBE_ACCOUNT));
    },
    read: (account) => use((loaded) => loaded.getPassword(SERVICE, account)),
    readAll: async () => {
      const found = await use((loaded) => loaded.findCredentials(SERVICE));
      return new Map(found.map(({ account, password }) => [account, password]));
    },
    write: (account, secret) => use((loaded) => loaded.setPassword(SERVICE, account, secret)),
    remove: (account) => use((loaded) => loaded.deletePassword(SERVICE, account)),
    tryOut: async () => {
      await use((loaded) => loaded.setPassword(SERVICE, PROBE_ACCOUNT, PROBE_ACCOUNT));
      await use((loaded) => loaded.deletePassword(SERVICE, PROBE_ACCOUNT));
    },
  };
}

/** Gives the failure of the system's keychain. Its own words may repeat what it was to keep, so nothing else of it is kept. */
export function toUnavailable(cause: unknown, redact: (text: string) => string): AppFailure {
  const message = cause instanceof Error ? cause.message : String(cause);
  // Before it is cut: half a key is not known as one.
  const reason = redact(message.split('\n', 1)[0] ?? '').slice(0, 300);
  return new AppFailure({ code: 'keychainUnavailable', reason });
}
