import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Location } from '#app/accounts/session.ts';

/** A key and the endpoint it belongs to: kept as one, so that no settings file can send the key elsewhere. */
export interface Account {
  readonly id: string;
  readonly endpoint: string;
  readonly key: string;
  /** The server's own abbreviation of the key; null when it gave none or was not asked. */
  readonly keyLabel: string | null;
  readonly keyStorage: Location['keyStorage'];
}

/** Whose files a key reaches, by the server's word: a user's, in one workspace. */
export interface KeyScope {
  readonly userId: string;
  readonly workspaceId: string;
}

/** What a server says of a key that it accepts. */
export interface CheckedKey {
  /** The server's own abbreviation of it; null when there is none. */
  readonly label: string | null;
  /** Null when the server does not name both. */
  readonly scope: KeyScope | null;
}

const keychainEntry = z.object({
  endpoint: z.string(),
  key: z.string().min(1),
  keyLabel: z.string().nullable(),
});

/** Which data folder an entry belongs to; entries of the first versions do not say. */
const entryOwner = z.object({ owner: z.string().optional() });

/** Gives the text of an account's keychain entry. `owner` names the data folder of the app that keeps it. */
export function toKeychainEntry({ endpoint, key, keyLabel }: Account, owner: string): string {
  return JSON.stringify({ endpoint, key, keyLabel, owner });
}

/** Whether a keychain entry is one of this app with this data folder: all of a user's apps share one keychain. */
export function isEntryOf(owner: string, id: string, text: string): boolean {
  if (!parseKeychainEntry(id, text)) return false;
  const { data } = entryOwner.safeParse(JSON.parse(text));
  return data !== undefined && (data.owner ?? owner) === owner;
}

/** Names a data folder in keychain entries. */
export function toEntryOwner(dataFolder: string): string {
  return createHash('sha256').update(dataFolder).digest('hex').slice(0, 16);
}

/** Reads a keychain entry; null when it is not one of ours. */
export function parseKeychainEntry(id: string, text: string): Account | null {
  try {
    const parsed = keychainEntry.safeParse(JSON.parse(text));
    return parsed.success ? { id, ...parsed.data, keyStorage: 'keychain' } : null;
  } catch {
    return null;
  }
}

/** Gives what may be shown of an account. */
export function toLocation({ id, endpoint, keyLabel, keyStorage }: Account, locationId: string): Location {
  const { host } = new URL(endpoint);
  return {
    id: locationId,
    accountId: id,
    label: host === 'openrouter.ai' ? 'OpenRouter' : host,
    keyLabel,
    endpoint,
    keyStorage,
  };
}
