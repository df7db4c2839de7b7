import type { Session } from '#app/accounts/session.ts';
import type { FilesCommands, Id } from '#app/contract/files-contract.ts';
import { AppFailure } from '#app/errors.ts';
import type { DraggedFiles, FileDetails } from '#app/files/file-details.ts';
import type { FilePage, FileQuery, TableRow } from '#app/files/file-query.ts';
import type { RemoteFile } from '#app/files/remote-file.ts';
import type { FileTarget } from '#app/files/selection.ts';
import { MAX_DRAGGED_FILES, MAX_FILES_PER_SNIPPET, MAX_INDEXED_FILES } from '#app/limits.ts';
import type { UploadIntake } from '#app/transfers/transfer.ts';
import { patientDisk } from '../disk/patient-disk.ts';
import type { CommandHandlers } from '../ipc/register-bridge.ts';
import { findLocalPath, findUnchanged, readLocalCopy } from '../local-copies/local-copies.ts';
import { toSnippet } from '../snippets/to-snippet.ts';
import type { SaveTarget } from '../transfers/saves/save-target.ts';
import { collectUploads } from '../transfers/uploads/collect-uploads.ts';
import type { OpenLocation } from './open-location.ts';
import { createTransferHandlers } from './transfer-handlers.ts';

/** What the main window's commands need of the rest of main. */
export interface FilesHandlersParts {
  readonly session: () => Session;
  /** The time, in milliseconds since the epoch. */
  readonly now: () => number;
  /** The location in view; undefined while there is none. */
  readonly location: () => OpenLocation | undefined;
  readonly unlock: () => Promise<void>;
  readonly signOut: (isKeyLeft: boolean) => Promise<void>;
  readonly openConnect: () => void;
  readonly writeClipboard: (text: string) => void;
  /** Asks the person for a folder to upload; null when they chose none. */
  readonly chooseFolder: () => Promise<string | null>;
  /** Asks the person where files shall be saved, a target a file in the same order; null when they chose nowhere. */
  readonly chooseTargets: (files: readonly RemoteFile[]) => Promise<readonly SaveTarget[] | null>;
  /** Asks the person for the file that takes the place of one on the server; null when they chose none. */
  readonly chooseReplacement: () => Promise<string | null>;
  readonly showInFolder: (path: string) => void;
  /** Begins the system's drag of files out of the window. */
  readonly startDrag: (paths: readonly string[]) => Promise<void>;
  /** Keeps how many transfers run at once for the next start. */
  readonly keepConcurrency: (concurrency: number) => Promise<void>;
}

/** Makes the handler of every command of the main window. */
export function createFilesHandlers(parts: FilesHandlersParts): CommandHandlers<FilesCommands> {
  const current = (): OpenLocation => {
    const location = parts.location();
    if (!location) throw new AppFailure({ code: 'signedOut' });
    return location;
  };
  return {
    getSession: parts.session,
    readClock: parts.now,
    unlock: async () => {
      await parts.unlock();
      return null;
    },
    signOut: async ({ isKeyLeft }) => {
      await parts.signOut(isKeyLeft);
      return null;
    },
    openConnect: () => {
      parts.openConnect();
      return null;
    },
    queryFiles: (query) => queryFiles(current(), query),
    changeSelection: async ({ change, page }) => {
      const { index, forgetDeletionErrors } = current();
      await index.selection.change(change);
      if (change.kind === 'clear') forgetDeletionErrors();
      const { rows } = await index.query(page);
      return index.selection.view(rows, page);
    },
    refreshFiles: () => {
      void current().index.refresh();
      return null;
    },
    catchUpFiles: () => {
      void current().index.catchUp();
      return null;
    },
    readUsage: () => current().index.usage(),
    readDetails: ({ id }) => readDetails(current(), id),
    copyFiles: async ({ target, format }) => {
      const location = current();
      const files = await findFiles(location, target, MAX_FILES_PER_SNIPPET);
      parts.writeClipboard(toSnippet(format, location.account.endpoint, files));
      return files.length;
    },
    copySha256: async ({ id }) => {
      const { findLocal, diskPatience } = current().transfers;
      const local = await readLocalCopy(findLocal, id, diskPatience);
      if (!local?.sha256) throw new AppFailure({ code: 'fileMissing' });
      parts.writeClipboard(local.sha256);
      return null;
    },
    showLocalCopy: async ({ id }) => {
      const { findLocal, diskPatience } = current().transfers;
      parts.showInFolder(await findLocalPath(findLocal, id, diskPatience));
      return null;
    },
    dragFiles: (target) => drag(current(), target, parts.startDrag),
    replaceFile: ({ id }) => replace(current(), id, parts.chooseReplacement),
    draftDeletion: async (target) => {
      const { index, deletions } = current();
      return deletions.draft(await index.toSet(target, deletions.filesUnderWay()));
    },
    beginDeletion: ({ id, count }) => current().deletions.begin(id, count),
    undoDeletion: ({ id }) => current().deletions.undo(id),
    cancelDeletion: ({ id }) => {
      current().deletions.cancel(id);
      return null;
    },
    resumeDeletions: () => {
      current().deletions.resume();
      return null;
    },
    listDeletions: () => current().deletions.list(),
    acknowledgeDeletions: ({ ids }) => {
      current().deletions.acknowledge(ids);
      return null;
    },
    uploadPaths: ({ paths, withoutPath }) => upload(current(), paths, withoutPath),
    uploadFolder: async () => {
      const location = current();
      const folder = await parts.chooseFolder();
      return folder === null ? null : upload(location, [folder], []);
    },
    saveFiles: (target) => save(current(), target, parts.chooseTargets),
    ...createTransferHandlers({ ...parts, transfers: () => current().transfers }),
  };
}

async function queryFiles({ index, deletions }: OpenLocation, query: FileQuery): Promise<FilePage> {
  const page = await index.query(query);
  const selection = await index.selection.view(page.rows, query);
  const rows = page.rows.map((row): TableRow => {
    if ('kind' in row) return row;
    const { isDeleting = false, error = null } = deletions.stateOf(row.id) ?? {};
    return { kind: 'file', file: row, isDeleting, deletionError: error };
  });
  return { ...page, rows, selection };
}

async function readDetails(location: OpenLocation, id: string): Promise<FileDetails> {
  const { deletions, transfers } = location;
  const [answer, local] = await Promise.all([
    readAfresh(location, id),
    readLocalCopy(transfers.findLocal, id, transfers.diskPatience),
  ]);
  const { isDeleting = false, error: deletionError = null } = deletions.stateOf(id) ?? {};
  return { ...answer, isDeleting, deletionError, local };
}

async function readAfresh(
  { client, index }: OpenLocation,
  id: string,
): Promise<Pick<FileDetails, 'file' | 'readError'>> {
  try {
    const file = await client.readFile(id, new AbortController().signal);
    // A deletion that was quicker than this answer is not undone by it.
    if (index.find(id)) index.put(file);
    return { file, readError: null };
  } catch (cause) {
    if (!(cause instanceof AppFailure)) throw cause;
    if (cause.error.code === 'notFound') index.remove([id]);
    const file = index.find(id);
    if (!file) throw cause;
    return { file, readError: cause.error };
  }
}

/** Queues files and folders by path, as a drop does. */
export async function upload(
  { transfers }: OpenLocation,
  paths: readonly string[],
  withoutPath: readonly string[],
): Promise<UploadIntake> {
  const { sources, skipped, renamed } = await collectUploads(paths, transfers.diskPatience);
  await transfers.addUploads(sources.map((source) => ({ direction: 'upload', ...source })));
  return {
    acceptedCount: sources.length,
    skipped: [...skipped, ...withoutPath.map((name) => ({ name, reason: 'noPath' as const }))],
    renamed,
  };
}

async function replace(
  location: OpenLocation,
  id: string,
  choose: FilesHandlersParts['chooseReplacement'],
): Promise<Id | null> {
  findReplaceable(location, id);
  const path = await choose();
  const found = path === null ? null : await patientDisk.stat(path).catch(() => null);
  if (path === null || found?.kind !== 'file') return null;
  // Much may have happened while the dialog was open.
  const { name } = findReplaceable(location, id);
  const request = { direction: 'upload', path, name, sizeBytes: Number(found.size), replaces: id } as const;
  const [uploadId] = location.transfers.queue.add([request]);
  return uploadId === undefined ? null : { id: uploadId };
}

/** Gives a file that can be replaced. Throws `notFound`, `beingDeleted` and `beingReplaced`. */
function findReplaceable({ index, deletions, transfers }: OpenLocation, id: string): RemoteFile {
  const file = index.find(id);
  if (!file) throw new AppFailure({ code: 'notFound' });
  if (deletions.stateOf(id)?.isDeleting) throw new AppFailure({ code: 'beingDeleted' });
  // Of two successors only one could be told to take its place.
  if (transfers.isReplacing(id)) throw new AppFailure({ code: 'beingReplaced' });
  return file;
}

/** Gives the files of a target that are there. Throws `notFound` for none and `tooMany`. */
async function findFiles(
  { index }: OpenLocation,
  target: FileTarget,
  limit: number,
): Promise<readonly RemoteFile[]> {
  const set = await index.toSet(target);
  if (set.count > limit) throw new AppFailure({ code: 'tooMany', limit });
  const files = await set.files();
  if (files.length === 0) throw new AppFailure({ code: 'notFound' });
  return files;
}

async function drag(
  location: OpenLocation,
  target: FileTarget,
  startDrag: FilesHandlersParts['startDrag'],
): Promise<DraggedFiles> {
  const files = await findFiles(location, target, MAX_DRAGGED_FILES);
  const { paths, others } = await findUnchanged(
    location.transfers.findLocal,
    files,
    location.transfers.diskPatience,
  );
  if (paths.length > 0) await startDrag(paths);
  return {
    count: files.length - others.length,
    leftOutCount: others.length,
    saveableIds: others.filter(({ isSaveable }) => isSaveable).map(({ id }) => id),
  };
}

async function save(
  location: OpenLocation,
  target: FileTarget,
  chooseTargets: FilesHandlersParts['chooseTargets'],
): Promise<number> {
  const files = await findFiles(location, target, MAX_INDEXED_FILES);
  const saveable = files.filter((file) => file.isSaveable);
  if (saveable.length === 0) throw new AppFailure({ code: 'notSaveable' });
  const targets = await chooseTargets(saveable);
  if (targets === null) return 0;
  location.transfers.queue.add(
    saveable.flatMap((file, position) => {
      const target = targets[position];
      return target ? [{ direction: 'save' as const, file, target }] : [];
    }),
  );
  return saveable.length;
}
