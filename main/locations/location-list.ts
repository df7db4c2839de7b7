import { createHash, createHmac, randomBytes, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import type { Account, KeyScope } from '../accounts/account.ts';
import { hasCode } from '../disk/has-code.ts';
import { setAside } from '../disk/set-aside.ts';
import { writeRecord } from '../disk/write-record.ts';

/**
 * Which locations this app has had: an id each, made once, under which its records are kept, and what finds it again. Of
 * keys, accounts and workspaces there are salted hashes only.
 */
export interface LocationList {
  /** Gives the location of a key that was read from the keychain or the environment: a new one for a key never seen. */
  find(account: Account): Promise<string>;
  /**
   * Gives the location of a key that a person has connected. A key never seen takes the place of another one, whose
   * location is `replacedId`, where both are of one endpoint, user and workspace by the server's word; else it gets a
   * location of its own, and what waits in the other one is never sent with it.
   */
  connect(account: Account, scope: KeyScope | null, replacedId: string | null): Promise<string>;
  /** The location that the key of a kept account belongs to; null when it is not known. */
  findKept(accountId: string): string | null;
  /** Whether it is known which user and workspace the keys of a location are of. */
  hasScope(id: string): boolean;
  /** Notes what the server said of a key of the location. */
  noteScope(id: string, endpoint: string, scope: KeyScope | null): Promise<void>;
}

/** Where the list is kept, and what else it has to know. */
export interface LocationListParts {
  readonly path: string;
  /** Folders with records of locations, each of which begins with the id and a dot. */
  readonly recordFolders: readonly string[];
  /** Told when the list cannot be read. It is set aside; the records of its locations stay, and are found by nobody. */
  readonly onDamaged: (cause: unknown) => void;
  /** Told when it cannot be written: what was to be noted holds for this run. */
  readonly onUnwritable: (cause: unknown) => void;
}

const entrySchema = z.object({
  id: z.string(),
  /** Of endpoint and key; several where a key was replaced by another one of the same workspace. */
  keys: z.array(z.string()),
  /** Of endpoint, user and workspace; null while the server has not named both. */
  scope: z.string().nullable(),
  /** The account in the keychain that has the key; null for none. */
  accountId: z.string().nullable(),
});

const listFile = z.object({
  version: z.literal(1),
  salt: z.string().min(32),
  locations: z.array(entrySchema),
});

type Entry = z.infer<typeof entrySchema>;

/** Opens the list. */
export function openLocationList(parts: LocationListParts): LocationList {
  const { path, recordFolders, onUnwritable } = parts;
  const { salt, ...read } = readList(parts);
  let { locations } = read;
  const hash = (...values: readonly string[]) =>
    createHmac('sha256', salt).update(values.join('\n')).digest('hex');
  const hashKey = ({ endpoint, key }: Account) => hash('key', endpoint, key);
  const hashScope = (endpoint: string, scope: KeyScope | null) =>
    scope === null ? null : hash('scope', endpoint, scope.userId, scope.workspaceId);

  /** Puts an entry in the place of the one with its id; answers whether that is on disk. */
  const put = async (entry: Entry): Promise<boolean> => {
    locations = [...locations.filter(({ id }) => id !== entry.id), entry];
    try {
      await writeRecord(path, `${JSON.stringify({ version: 1, salt, locations }, null, 2)}\n`);
      return true;
    } catch (cause) {
      onUnwritable(cause);
      return false;
    }
  };
  const findEntry = (account: Account) => locations.find(({ keys }) => keys.includes(hashKey(account)));
  const toAccountId = ({ id, keyStorage }: Account) => (keyStorage === 'keychain' ? id : null);

  const add = async (account: Account, scope: string | null): Promise<string> => {
    const entry = { keys: [hashKey(account)], scope, accountId: toAccountId(account) };
    const derivedId = toDerivedId(account);
    const isTaken = locations.some(({ id }) => id === derivedId);
    const id = !isTaken && hasRecords(recordFolders, derivedId) ? derivedId : randomUUID();
    if (await put({ id, ...entry })) return id;
    // An id that nobody remembers would lose what is recorded under it: this one is found again by the key alone.
    if (isTaken || id === derivedId) return id;
    locations = [...locations.filter((other) => other.id !== id), { id: derivedId, ...entry }];
    return derivedId;
  };
  const keep = async (entry: Entry, changes: Partial<Entry>): Promise<string> => {
    const changed = { ...entry, ...changes };
    if (JSON.stringify(changed) !== JSON.stringify(entry)) await put(changed);
    return entry.id;
  };

  return {
    find: async (account) => {
      const entry = findEntry(account);
      if (!entry) return add(account, null);
      return keep(entry, { accountId: toAccountId(account) ?? entry.accountId });
    },
    connect: async (account, scope, replacedId) => {
      const scopeHash = hashScope(account.endpoint, scope);
      const known = findEntry(account);
      const replaced = locations.find(({ id }) => id === replacedId);
      const isSame = replaced !== undefined && scopeHash !== null && replaced.scope === scopeHash;
      const entry = known ?? (isSame ? replaced : undefined);
      if (!entry) return add(account, scopeHash);
      return keep(entry, {
        keys: known ? entry.keys : [...entry.keys, hashKey(account)],
        scope: scopeHash ?? entry.scope,
        accountId: toAccountId(account),
      });
    },
    findKept: (accountId) => locations.find((entry) => entry.accountId === accountId)?.id ?? null,
    hasScope: (id) => locations.some((entry) => entry.id === id && entry.scope !== null),
    noteScope: async (id, endpoint, scope) => {
      const entry = locations.find((other) => other.id === id);
      if (entry && scope !== null) await keep(entry, { scope: hashScope(endpoint, scope) });
    },
  };
}

/**
 * The id of the locations of versions before the list, by which their records are found: the same for the same key and
 * endpoint. A key is random enough (256 bits) that its hash tells nothing of it.
 */
export function toDerivedId({ endpoint, key }: Pick<Account, 'endpoint' | 'key'>): string {
  return createHash('sha256').update(`${endpoint}\n${key}`).digest('hex').slice(0, 32);
}

function readList({
  path,
  onDamaged,
}: LocationListParts): Pick<z.infer<typeof listFile>, 'salt' | 'locations'> {
  try {
    const text = readFileSync(path, 'utf8');
    try {
      return listFile.parse(JSON.parse(text));
    } catch (cause) {
      setAside(path);
      throw cause;
    }
  } catch (cause) {
    if (!hasCode(cause, 'ENOENT')) onDamaged(cause);
    return { salt: randomBytes(32).toString('hex'), locations: [] };
  }
}

function hasRecords(folders: readonly string[], id: string): boolean {
  return folders.some((folder) => {
    try {
      return readdirSync(folder).some((name) => name.startsWith(`${id}.`));
    } catch {
      return false;
    }
  });
}
