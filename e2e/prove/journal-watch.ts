import { type FSWatcher, mkdirSync, readdirSync, readFileSync, watch } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import * as z from 'zod';
import type { TransferState } from '#app/transfers/transfer.ts';
import { TRANSFER_TRANSITIONS } from '#app/transfers/transfer-states.ts';
import type { Profile } from '../harness/profile.ts';
import { readStoredUploads, storePath } from '../harness/stored-rows.ts';

const state = z.custom<TransferState>((value) => typeof value === 'string' && value in TRANSFER_TRANSITIONS);

const record = z.object({
  kind: z.enum(['added', 'changed', 'removed', 'paused']),
  id: z.string().optional(),
  request: z
    .object({
      direction: z.enum(['upload', 'save']),
      name: z.string().optional(),
      file: z.object({ id: z.string() }).optional(),
      target: z.object({ path: z.string() }).optional(),
    })
    .optional(),
  change: z
    .object({
      state,
      error: z.object({ code: z.string() }).nullable(),
      retryAt: z.number().nullable(),
      fileId: z.string().nullable(),
      sent: z.object({}).nullable(),
      placing: z.object({}).nullable(),
    })
    .partial()
    .optional(),
});

/** One line of the app's record of transfers, as far as it is of interest from outside. */
export type JournalRecord = z.infer<typeof record>;

/** A transfer as the records on disk tell it. */
export interface RecordedTransfer {
  readonly id: string;
  readonly direction: 'upload' | 'save';
  /** When it was asked for. */
  readonly name: string;
  readonly state: TransferState;
  readonly fileId: string | null;
  /** Whether the server may hold it, as far as the record tells. */
  readonly isMarkedSent: boolean;
}

/** A moment in the growth of the record. */
export interface RecordMoment {
  /** Settles in the same turn of the event loop in which the record was found on disk. */
  readonly seen: Promise<void>;
  stop(): void;
}

/** Reads what the app of this profile has written of its transfers; a line that is not whole yet is passed over. */
export function readRecords(profile: Profile): readonly JournalRecord[] {
  return readLines(profile, '.transfers.jsonl').map((line) => record.parse(toJson(line)));
}

/** Plays the records. */
export function toRecordedTransfers(records: readonly JournalRecord[]): readonly RecordedTransfer[] {
  const transfers = new Map<string, RecordedTransfer>();
  for (const { kind, id = '', request, change } of records) {
    const known = transfers.get(id);
    if (kind === 'added' && request) {
      const { direction, file, target } = request;
      const name = request.name ?? basename(target?.path ?? '');
      const fileId = file?.id ?? null;
      transfers.set(id, { id, direction, name, state: 'queued', fileId, isMarkedSent: false });
    } else if (kind === 'removed') {
      transfers.delete(id);
    } else if (known && change) {
      const { state = known.state, fileId = known.fileId, sent } = change;
      const isMarkedSent = sent === undefined ? known.isMarkedSent : sent !== null;
      transfers.set(id, { ...known, state, fileId, isMarkedSent });
    }
  }
  return [...transfers.values()];
}

/** Waits for the n-th record, from now on, for which the predicate holds. */
export function watchRecords(
  profile: Profile,
  isWanted: (record: JournalRecord) => boolean,
  count: number,
): RecordMoment {
  const toCount = () => readRecords(profile).filter(isWanted).length;
  const wantedCount = toCount() + count;
  return watchFolder(openFolder(profile), () => toCount() >= wantedCount);
}

/**
 * Waits until the record of what this computer has uploaded knows of an upload of which the record of transfers does not
 * know yet, at the latest until it holds so many.
 */
export function watchLedger(profile: Profile, count: number): RecordMoment {
  const isAhead = (ids: readonly string[]) => {
    const known = new Set(readRecords(profile).map(({ change }) => change?.fileId));
    return ids.some((id) => !known.has(id));
  };
  const isSeen = () => {
    const ids = readStoredUploads(profile);
    return ids.length >= count || isAhead(ids);
  };
  const folder = dirname(storePath(profile));
  mkdirSync(folder, { recursive: true });
  return watchFolder(folder, isSeen);
}

function watchFolder(folder: string, isSeen: () => boolean): RecordMoment {
  let watcher: FSWatcher | null = null;
  const seen = new Promise<void>((resolve, reject) => {
    watcher = watch(folder, () => {
      try {
        if (isSeen()) resolve();
      } catch (error) {
        reject(error);
      }
    });
  });
  return { seen, stop: () => watcher?.close() };
}

/** Gives the whole lines of a record, without its header; none when there is no such file. */
function readLines(profile: Profile, ending: string): readonly string[] {
  const folder = openFolder(profile);
  const name = readdirSync(folder).find((entry) => entry.endsWith(ending));
  if (name === undefined) return [];
  return readFileSync(join(folder, name), 'utf8').split('\n').slice(1, -1);
}

/** A line is its check, a space and its JSON. */
function toJson(line: string): unknown {
  return JSON.parse(line.slice(line.indexOf(' ')));
}

/** The app makes the folder with its first record: too late to be watched from the beginning. */
function openFolder(profile: Profile): string {
  const folder = join(profile.userDataFolder, 'transfers');
  mkdirSync(folder, { recursive: true });
  return folder;
}
