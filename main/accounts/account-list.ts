import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { writeRecord } from '../disk/write-record.ts';

/** Which accounts exist: their ids only. What they are stands in the keychain. */
export interface AccountList {
  read(): readonly string[];
  write(ids: readonly string[]): Promise<void>;
}

const accountListFile = z.object({ version: z.literal(1), accountIds: z.array(z.string()) });

/** Keeps the list in a file; one that is missing or damaged is an empty list. */
export function createAccountList(path: string): AccountList {
  return {
    read: () => {
      try {
        return accountListFile.parse(JSON.parse(readFileSync(path, 'utf8'))).accountIds;
      } catch {
        return [];
      }
    },
    write: (accountIds) => writeRecord(path, `${JSON.stringify({ version: 1, accountIds }, null, 2)}\n`),
  };
}
