import type { AppError } from '#app/errors.ts';
import type { Deletion } from '#app/files/deletion.ts';
import type { FileIndexStatus } from '#app/files/file-index-status.ts';
import type { Account } from '../accounts/account.ts';
import { openDeletionJournal } from '../deletions/deletion-journal.ts';
import type { FileDeletionState } from '../deletions/deletion-store.ts';
import { createDeletions, type Deletions } from '../deletions/deletions.ts';
import type { Clock } from '../engine/clock.ts';
import { createPacer } from '../engine/pacer.ts';
import { createFileIndex, type FileIndex, isListedWhole } from '../file-index/file-index.ts';
import { createPacedListing } from '../file-index/paced-listing.ts';
import { createSavedListing } from '../file-index/saved-listing.ts';
import type { FileStore } from '../file-store/file-store.ts';
import { createReplacements, type Replacements } from '../replacements/replacements.ts';
import type { Store } from '../store/store.ts';
import { openTransfers, type Transfers, type TransfersParts } from '../transfers/open-transfers.ts';
import type { KnownFiles } from '../transfers/queue/upload-worker.ts';
import { createViews, type Views } from './views.ts';

/** What a location is made of. */
export interface LocationParts {
  /** Names the records of the location. */
  readonly locationId: string;
  readonly account: Account;
  readonly client: FileStore;
  readonly clock: Clock;
  /** The listing is asked for before it is open. */
  readonly store: Store | Promise<Store>;
  /** Where listings are kept for the next run, a file for each location. */
  readonly listingsFolder: string;
  /** How long a deletion that is asked about now can be undone, in milliseconds. */
  readonly readUndoMs: () => number;
  readonly onIndexChange: (status: FileIndexStatus) => void;
  readonly onDeletionChange: (deletion: Deletion) => void;
  /** Told when no deletion waits or is being carried out any more. */
  readonly onDeletionsRest: () => void;
  /** Told when the selection of a view changed and no person did it. */
  readonly onSelectionChange: (viewId: string) => void;
  readonly transfers: Pick<
    TransfersParts,
    'folder' | 'diskPatience' | 'concurrency' | 'onUpdate' | 'onProgress' | 'onRest'
  >;
  readonly toUnexpected: (cause: unknown) => AppError;
}

/** One account's files, and the work under way on them. */
export interface OpenLocation {
  readonly id: string;
  readonly account: Account;
  readonly client: FileStore;
  readonly index: FileIndex;
  readonly views: Views;
  readonly deletions: Deletions;
  readonly transfers: Transfers;
  /** Forgets why deletions of files failed, as a person who has cleared the selection has seen it. */
  forgetDeletionErrors(): void;
  /**
   * Ends all work as the person signs out: the listing that was kept, a copy, is removed, and deletions are ended for
   * good; transfers are kept for the next time.
   */
  forget(): Promise<void>;
  /** Ends all work: transfers and what is being deleted are kept for the next time; what is in its grace period is not deleted. */
  close(): Promise<void>;
}

/** Opens a location, begins to read its files and goes on with its transfers. */
export async function openLocation(parts: LocationParts): Promise<OpenLocation> {
  const { locationId, account, client, toUnexpected } = parts;
  const saved = createSavedListing(parts.listingsFolder, locationId);
  // What it holds up is the account's: one that several locations share has to be given to them.
  const pacer = createPacer({
    clock: parts.clock,
    probe: async (signal) => void (await client.checkKey(signal)),
  });
  const index = createFileIndex({
    capabilities: client.capabilities,
    listFiles: createPacedListing(client.listFiles, pacer, parts.clock),
    readFile: client.readFile,
    saved,
    clock: parts.clock,
    onChange: parts.onIndexChange,
    toUnexpected,
  });
  pacer.listen({
    // What could not be read while there was no way to the server can be now; the message stays until it has answered.
    onReachable: () => void (index.status().error === null ? index.refresh() : index.catchUp()),
  });
  void index.refresh();
  const store = await parts.store;
  let replacements: Replacements | null = null;
  // Transfers go on before the deletions are opened.
  let stateOf: Deletions['stateOf'] = () => null;
  const [transfers, openedDeletions] = await Promise.all([
    openTransfers({
      ...parts.transfers,
      locationId,
      store,
      client,
      files: toKnownFiles(index),
      clock: parts.clock,
      pacer,
      onReplacement: () => replacements?.note(),
      mayBeDeletedHere: (id) => mayBeDeleted(stateOf(id)),
      toUnexpected,
    }),
    openDeletionJournal(store, locationId),
  ]);
  // Else an upload would take away what a deletion can still give back, or have it deleted once more.
  const dropReplacements = () =>
    transfers.dropReplacements((id) => deletions.stateOf(id)?.isDeleting === true);
  const views = createViews(index, parts.onSelectionChange);
  const deletions = createDeletions({
    opened: openedDeletions,
    clock: parts.clock,
    pacer,
    deleteFile: client.deleteFile,
    readFile: client.readFile,
    findName: (id) => index.find(id)?.name,
    readUndoMs: parts.readUndoMs,
    listUnfinishedDownloads: transfers.listUnfinishedDownloads,
    onDeleted: (ids) => {
      index.remove(ids);
      views.noteDeleted(ids);
      transfers.forget(ids);
      transfers.queue.noteDeleted(ids);
    },
    // What is on its way out is not selected any more; what stays after all is again, if nothing else is by now.
    onBegun: (ids, viewId) => {
      dropReplacements();
      return views.noteBegun(ids, viewId);
    },
    onKept: (ids) => void views.noteKept(ids).catch(toUnexpected),
    onChange: parts.onDeletionChange,
    onRest: parts.onDeletionsRest,
    toUnexpected,
  });
  stateOf = deletions.stateOf;
  replacements = createReplacements({ transfers, deletions, toUnexpected });
  // Uploads may have come to their end before, in this run or in the one that was the last; deletions may go on.
  dropReplacements();
  replacements.note();
  const end = async (endDeletions: () => Promise<void>) => {
    await Promise.all([endDeletions(), transfers.close()]);
    pacer.close();
    await index.close();
  };
  return {
    id: locationId,
    account,
    client,
    index,
    views,
    deletions,
    transfers,
    forgetDeletionErrors: () => {
      if (deletions.forgetErrors()) for (const { id } of views.all()) parts.onSelectionChange(id);
    },
    forget: async () => {
      await end(deletions.forget);
      // The account has left already: a copy that cannot be removed must not hold that up.
      await saved.remove().catch(toUnexpected);
    },
    close: () => end(deletions.close),
  };
}

/** Whether a file that is not there can be gone by this app's own doing. */
function mayBeDeleted(state: FileDeletionState | null): boolean {
  return state !== null && (state.isDeleting || state.error?.code === 'maybeDeleted');
}

/** Gives transfers what they may know of an index. */
export function toKnownFiles(index: FileIndex): KnownFiles {
  return {
    whenRead: index.whenRead,
    isComplete: () => isListedWhole(index.status()),
    has: (id) => index.find(id) !== undefined,
    findSame: index.findSame,
    totalBytes: index.totalBytes,
    put: index.put,
    isRemoved: index.isRemoved,
    followReading: index.followReading,
  };
}
