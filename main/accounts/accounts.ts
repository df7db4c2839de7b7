import { randomUUID } from 'node:crypto';
import { DEFAULT_ENDPOINT } from '#app/accounts/endpoint.ts';
import { findKeyProblem, toPastedKey } from '#app/accounts/pasted-text.ts';
import type { ConnectInput, KeychainStatus } from '#app/contract/connect-contract.ts';
import { AppFailure } from '#app/errors.ts';
import {
  type Account,
  type CheckedKey,
  isEntryOf,
  type KeyScope,
  parseKeychainEntry,
  toKeychainEntry,
} from './account.ts';
import type { AccountList } from './account-list.ts';
import type { KeyEnvironment } from './environment.ts';
import type { Keychain } from './keychain.ts';
import { parseEndpoint } from './parse-endpoint.ts';

/** What accounts are made of. */
export interface AccountsParts {
  readonly list: AccountList;
  readonly keychain: Keychain;
  /** Names the app's data folder in keychain entries. */
  readonly owner: string;
  /** Asks the server whether it accepts a key. Throws `AppFailure`. */
  readonly checkKey: (endpoint: string, key: string) => Promise<CheckedKey>;
  /** Told of each key before anything else is done with it. */
  readonly onSecret: (secret: string) => void;
}

/** An account that a person has just connected. */
export interface ConnectedAccount {
  readonly account: Account;
  readonly scope: KeyScope | null;
}

/** The accounts of this user; today one, the first of a list. */
export interface Accounts {
  /** Takes a key for this run from the environment; undefined when there is none. Throws `invalidEndpoint`. */
  takeFromEnvironment(environment: KeyEnvironment): Account | undefined;
  /** Whether an account was kept, without asking the keychain for it. */
  hasKept(): boolean;
  /** The id of the account that was kept, without asking the keychain for it; undefined when none was. */
  keptId(): string | undefined;
  /**
   * Makes the list anew from the keychain where its file does not tell, so that no key stays there that nobody can
   * remove. Answers whether an account was found; false as well when the keychain could not be asked. Never rejects.
   */
  recover(): Promise<boolean>;
  /** Reads the kept account from the keychain, which may wait for the person; undefined when none was kept. Throws `keychainUnavailable`. */
  readKept(): Promise<Account | undefined>;
  /** Checks a key with the server and keeps it as asked; answers as well what the server said of it. */
  connect(input: ConnectInput): Promise<ConnectedAccount>;
  /**
   * Forgets an account; throws `keychainUnavailable` or `keychainSilent` while its key is still there, unless the person
   * has said that it may be left: then {@link removeLeft} removes it later.
   */
  remove(account: Account | undefined, isKeyLeft: boolean): Promise<void>;
  /** Removes keys that were left in the keychain, as far as that can be done. Never rejects. */
  removeLeft(): Promise<void>;
  keychainStatus(): Promise<KeychainStatus>;
}

/** Makes the accounts. */
export function createAccounts({ list, keychain, owner, checkKey, onSecret }: AccountsParts): Accounts {
  const readIds = () => (list.isKnown() ? list.read() : findIds(owner, keychain));
  return {
    takeFromEnvironment: (environment) => takeFromEnvironment(environment, onSecret),
    hasKept: () => list.read().length > 0,
    keptId: () => list.read()[0],
    recover: () => recover({ list, keychain, owner }),
    readKept: async () => {
      const [id] = list.read();
      if (id === undefined) return undefined;
      const entry = await keychain.read(id);
      const account = entry === null ? null : parseKeychainEntry(id, entry);
      // A keychain that was not unlocked looks like an empty one: to forget the account here would orphan its key.
      if (!account) throw unavailable('The keychain gave no key for this account.');
      onSecret(account.key);
      return account;
    },
    connect: async ({ key: typedKey, endpoint: typedEndpoint, isRemembered }) => {
      const endpoint = parseEndpoint(typedEndpoint);
      const key = parseKey(typedKey);
      onSecret(key);
      const { label: keyLabel, scope } = await checkKey(endpoint, key);
      const account: Account = {
        id: randomUUID(),
        endpoint,
        key,
        keyLabel,
        keyStorage: isRemembered ? 'keychain' : 'memory',
      };
      if (isRemembered) {
        await keep(account, await readIds(), { list, keychain, owner });
      }
      return { account, scope };
    },
    remove: async (account, isKeyLeft) => {
      if (account && account.keyStorage !== 'keychain') return;
      // Of a list that cannot be read, the account in view is known at least.
      const known = new Set([...list.read(), ...(account ? [account.id] : [])]);
      const ids = isKeyLeft ? [...known] : await readIds();
      if (!isKeyLeft) for (const id of ids) await removeKey(id, keychain);
      await list.change(({ leftIds }) => ({ ids: [], leftIds: isKeyLeft ? [...leftIds, ...ids] : leftIds }));
    },
    removeLeft: () => removeLeft(list, keychain),
    keychainStatus: () => readStatus(keychain),
  };
}

async function recover({
  list,
  keychain,
  owner,
}: Pick<AccountsParts, 'list' | 'keychain' | 'owner'>): Promise<boolean> {
  if (list.isKnown()) return false;
  try {
    const ids = await findIds(owner, keychain);
    // An account may have been kept meanwhile.
    if (ids.length === 0 || list.isKnown()) return false;
    await list.change((listed) => (list.isKnown() ? listed : { ids, leftIds: [] }));
    return true;
  } catch {
    // To keep an account or to sign out asks again.
    return false;
  }
}

async function readStatus(keychain: Keychain): Promise<KeychainStatus> {
  try {
    await keychain.check();
    return { isAvailable: true };
  } catch (cause) {
    if (cause instanceof AppFailure && cause.error.code === 'keychainUnavailable') {
      return { isAvailable: false, reason: cause.error.reason };
    }
    if (isSilence(cause)) {
      return { isAvailable: false, reason: '' };
    }
    throw cause;
  }
}

/**
 * After a failure at any point no key is in the keychain that the list does not name. It names the new one as left before
 * it is written: a write may end when nobody waits for it any more, and must not be taken for a kept account then.
 */
async function keep(
  account: Account,
  replacedIds: readonly string[],
  { list, keychain, owner }: Pick<AccountsParts, 'list' | 'keychain' | 'owner'>,
): Promise<void> {
  const { id } = account;
  const withoutNew = (ids: readonly string[]) => ids.filter((leftId) => leftId !== id);
  // A keychain that is not there keeps nothing, and leaves nothing to name.
  await keychain.check();
  await list.change(({ leftIds }) => ({ ids: replacedIds, leftIds: [...leftIds, id] }));
  try {
    await keychain.write(id, toKeychainEntry(account, owner));
    for (const replacedId of replacedIds) await keychain.remove(replacedId);
    await list.change(({ leftIds }) => ({ ids: [id], leftIds: withoutNew(leftIds) }));
  } catch (cause) {
    // What fails here stays named as left; the person is told of the first failure.
    await undoWrite(id, cause, keychain)
      .then(() => list.change(({ ids, leftIds }) => ({ ids, leftIds: withoutNew(leftIds) })))
      .catch(() => undefined);
    throw cause;
  }
  void removeLeft(list, keychain);
}

/** Removes a key whose keeping has failed; throws while it may still be written. */
async function undoWrite(id: string, cause: unknown, keychain: Keychain): Promise<void> {
  if (!(await keychain.remove(id)) && isSilence(cause)) throw cause;
}

function isSilence(cause: unknown): boolean {
  return cause instanceof AppFailure && cause.error.code === 'keychainSilent';
}

async function findIds(owner: string, keychain: Keychain): Promise<readonly string[]> {
  const entries = [...(await keychain.readAll())];
  return entries.filter(([id, text]) => isEntryOf(owner, id, text)).map(([id]) => id);
}

/** A key that is not there needs no removing, but one that is locked away looks the same. */
async function removeKey(id: string, keychain: Keychain): Promise<void> {
  if (!(await keychain.remove(id))) await keychain.tryOut();
}

async function removeLeft(list: AccountList, keychain: Keychain): Promise<void> {
  try {
    for (const id of list.readLeft()) {
      await removeKey(id, keychain);
      await list.change(({ ids, leftIds }) => ({ ids, leftIds: leftIds.filter((leftId) => leftId !== id) }));
    }
  } catch {
    // The next start tries again.
  }
}

function unavailable(reason: string): AppFailure {
  return new AppFailure({ code: 'keychainUnavailable', reason });
}

function takeFromEnvironment(
  environment: KeyEnvironment,
  onSecret: (secret: string) => void,
): Account | undefined {
  const { OPENROUTER_API_KEY: text, OPENROUTER_BASE_URL: endpoint } = environment;
  // Once: after signing out the person is asked.
  environment.OPENROUTER_API_KEY = undefined;
  if (!text) return undefined;
  // What is sent is what has to be known as a secret: a variable read from a file ends in a line break.
  const key = parseKey(text);
  onSecret(key);
  return {
    id: 'environment',
    endpoint: parseEndpoint(endpoint || DEFAULT_ENDPOINT),
    key,
    keyLabel: null,
    keyStorage: 'environment',
  };
}

/** What is no key must not go out: it may be anything that was on the clipboard. */
function parseKey(text: string): string {
  const key = toPastedKey(text);
  const problem = findKeyProblem(key);
  if (problem !== null) throw new AppFailure({ code: 'invalidKey', problem });
  return key;
}
