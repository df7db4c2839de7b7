import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { writeRecord } from '../disk/write-record.ts';
import { createMutex } from '../engine/mutex.ts';

/** What the list says: ids only. */
export interface ListedAccounts {
  readonly ids: readonly string[];
  /** Accounts whose keys may be in the keychain and are still to be removed from it. */
  readonly leftIds: readonly string[];
}

/** Which accounts exist: their ids only. What they are stands in the keychain. */
export interface AccountList {
  /** Whether the file tells: false when it is missing, damaged or a newer app's. Then the keychain alone knows. */
  isKnown(): boolean;
  read(): readonly string[];
  /**
   * Accounts that were signed out while the keychain could not be reached, or whose key it may yet write though nobody
   * waits for that any more: their keys are still to be removed from it.
   */
  readLeft(): readonly string[];
  /** Writes what `toNext` makes of what the list says by then; changes take turns, so that none is lost. */
  change(toNext: (listed: ListedAccounts) => ListedAccounts): Promise<void>;
}

const accountListFile = z.object({
  version: z.literal(1),
  accountIds: z.array(z.string()),
  leftIds: z.array(z.string()).default([]),
});

/** Keeps the list in a file; one that is missing or damaged is an empty list. */
export function createAccountList(path: string): AccountList {
  const readFile = () => {
    try {
      return accountListFile.parse(JSON.parse(readFileSync(path, 'utf8')));
    } catch {
      return null;
    }
  };
  const read = () => readFile()?.accountIds ?? [];
  const readLeft = () => readFile()?.leftIds ?? [];
  const write = ({ ids, leftIds }: ListedAccounts) =>
    writeRecord(path, `${JSON.stringify({ version: 1, accountIds: ids, leftIds }, null, 2)}\n`);
  const mutex = createMutex();
  return {
    isKnown: () => readFile() !== null,
    read,
    readLeft,
    change: (toNext) => mutex.run(() => write(toNext({ ids: read(), leftIds: readLeft() }))),
  };
}
