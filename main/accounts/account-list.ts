import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { writeRecord } from '../disk/write-record.ts';

/** Which accounts exist: their ids only. What they are stands in the keychain. */
export interface AccountList {
  /** Whether the file tells: false when it is missing, damaged or a newer app's. Then the keychain alone knows. */
  isKnown(): boolean;
  read(): readonly string[];
  /** Accounts that were signed out while the keychain could not be reached: their keys are still to be removed from it. */
  readLeft(): readonly string[];
  write(ids: readonly string[], leftIds: readonly string[]): Promise<void>;
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
  return {
    isKnown: () => readFile() !== null,
    read: () => readFile()?.accountIds ?? [],
    readLeft: () => readFile()?.leftIds ?? [],
    write: (accountIds, leftIds) =>
      writeRecord(path, `${JSON.stringify({ version: 1, accountIds, leftIds }, null, 2)}\n`),
  };
}
