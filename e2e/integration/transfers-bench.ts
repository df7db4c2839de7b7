import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { Transfer } from '#app/transfers/transfer.ts';
import { type LocalServer, startServer } from '../server/server.ts';
import { openTestLocation, type TestLocation, type TestLocationOptions } from './location.ts';

/** What every test of the queue has at hand; fresh for each. */
export interface TransfersBench {
  readonly server: LocalServer;
  /** For files to upload, saves and records. */
  readonly folder: string;
  /** Opens the location and waits until its listing is read; its clock runs 50 times faster unless told. */
  readonly openHere: (options?: Partial<TestLocationOptions>) => Promise<TestLocation>;
  /** Closes it before the test's end, to open it again. */
  readonly close: (location: TestLocation) => Promise<void>;
  readonly write: (name: string, content?: string) => Promise<string>;
  /** The states one transfer was in, by its journal. */
  readonly statesOf: (id: string) => Promise<readonly Transfer['state'][]>;
  /** Names of all files on the server. */
  readonly namesOnServer: () => readonly string[];
  readonly journalPath: () => string;
}

/** Tells one transfer in one state. */
export const inState = (id: string, state: Transfer['state']) => (transfer: Transfer) =>
  transfer.id === id && transfer.state === state;

/** Registers set-up and clean-up for the tests of a file, and gives what they use. */
export function setUpTransfers(): TransfersBench {
  let server: LocalServer;
  let folder: string;
  let open: Set<TestLocation>;
  beforeEach(async () => {
    server = await startServer();
    folder = await mkdtemp(join(tmpdir(), 'files-for-openrouter-'));
    open = new Set();
  });
  afterEach(async () => {
    for (const location of open) await location.close();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });
  const journalPath = () => join(folder, 'records', 'test.transfers.jsonl');
  return {
    get server() {
      return server;
    },
    get folder() {
      return folder;
    },
    openHere: async (options = {}) => {
      const location = await openTestLocation(server, {
        folder: join(folder, 'records'),
        speed: 50,
        ...options,
      });
      open.add(location);
      await location.index.whenRead(new AbortController().signal);
      return location;
    },
    close: async (location) => {
      open.delete(location);
      await location.close();
    },
    write: async (name, content = 'hello, world\n') => {
      const path = join(folder, name);
      await writeFile(path, content);
      return path;
    },
    statesOf: async (id) => {
      const lines = (await readFile(journalPath(), 'utf8')).trimEnd().split('\n');
      const records = lines.map((line) => JSON.parse(line.slice(line.indexOf(' '))));
      return records.filter((record) => record.id === id).flatMap((record) => record.change?.state ?? []);
    },
    namesOnServer: () => server.files.all().map(({ name }) => name),
    journalPath,
  };
}
