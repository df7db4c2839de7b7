import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as Keytar from 'keytar';
import type { Profile } from './profile.ts';

const SERVICE = 'Files for OpenRouter';

// The module's own type; require is untyped.
const keytar = createRequire(import.meta.url)('keytar') as typeof Keytar;

/** Gives the ids of the accounts that the app of this profile says it has kept. */
export async function readKeptAccounts(profile: Profile): Promise<readonly string[]> {
  const text = await readFile(join(profile.userDataFolder, 'accounts.json'), 'utf8');
  const list: unknown = JSON.parse(text);
  if (typeof list !== 'object' || list === null || !('accountIds' in list)) throw new Error(text);
  if (!Array.isArray(list.accountIds)) throw new Error(text);
  return list.accountIds.map(String);
}

/** Reads the system's real keychain: the entry of an account of this app, or null. */
export function readKeychainEntry(accountId: string): Promise<string | null> {
  return keytar.getPassword(SERVICE, accountId);
}

/** Removes an entry that a test leaves behind. */
export async function removeKeychainEntry(accountId: string): Promise<void> {
  await keytar.deletePassword(SERVICE, accountId);
}
