import type { Session } from '#app/accounts/session.ts';
import type { FilesCommands, Id, InLocation, InView } from '#app/contract/files-contract.ts';
import { AppFailure } from '#app/errors.ts';
import type { DraggedFiles, FileDetails } from '#app/files/file-details.ts';
import type { FilePage, FileQuery, TableRow } from '#app/files/file-query.ts';
import type { RemoteFile } from '#app/files/remote-file.ts';
import type { FileTarget } from '#app/files/selection.ts';
import { MAX_DRAGGED_FILES, MAX_FILES_PER_SNIPPET, MAX_INDEXED_FILES } from '#app/limits.ts';
import type { UploadIntake } from '#app/transfers/transfer.ts';
import { patientDisk } from '../disk/patient-disk.ts';
import type { FileSet } from '../file-index/file-index.ts';
import type { CommandHandlers } from '../ipc/register-bridge.ts';
import { findLocalPath, findUnchanged, readLocalCopy } from '../local-copies/local-copies.ts';
import { toSnippet } from '../snippets/to-snippet.ts';
import type { SaveTarget } from '../transfers/saves/save-target.ts';
import { collectUploads } from '../transfers/uploads/collect-uploads.ts';
import type { OpenLocation } from './open-location.ts';
import { createTransferHandlers } from './transfer-handlers.ts';
import type { View } from './views.ts';

/** What the main window's commands need of the rest of main. */
export interface FilesHandlersParts {
  readonly session: () => Session;
  /** The time, in milliseconds since the epoch. */
  readonly now: () => number;
  /** Gives a location that is open. Throws `signedOut`. */
  readonly location: (locationId: string) => OpenLocation;
  readonly unlock: () => Promise<void>;
  readonly signOut: (locationId: string | null, isKeyLeft: boolean) => Promise<void>;
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
  const open = ({ locationId }: InLocation): OpenLocation => parts.location(locationId);
  /** Gives a location whose storage can do this. Throws `refused` where it cannot. */
  const openFor = (ability: 'canUpload' | 'canDelete', asked: InLocation): OpenLocation => {
    const location = open(asked);
    if (!location.client.capabilities[ability]) throw new AppFailure({ code: 'refused' });
    return location;
  };
  const viewOf = ({ locationId, viewId }: InView): View => open({ locationId }).views.get(viewId);
  return {
    getSession: parts.session,
    readClock: parts.now,
    unlock: async () => {
      await parts.unlock();
      return null;
    },
    signOut: async ({ locationId, isKeyLeft }) => {
      await parts.signOut(locationId, isKeyLeft);
      return null;
    },
    openConnect: () => {
      parts.openConnect();
      return null;
    },
    queryFiles: ({ query, ...asked }) => queryFiles(open(asked), viewOf(asked), query),
    changeSelection: async ({ change, page, ...asked }) => {
      const { index, forgetDeletionErrors } = open(asked);
      const { selection } = viewOf(asked);
      await selection.change(change);
      if (change.kind === 'clear') forgetDeletionErrors();
      const { rows } = await index.query(page);
      return selection.view(rows, page);
    },
    refreshFiles: (asked) => {
      void open(asked).index.refresh();
      return null;
    },
    catchUpFiles: (asked) => {
      void open(asked).index.catchUp();
      return null;
    },
    readUsage: (asked) => open(asked).index.usage(),
    readDetails: ({ id, ...asked }) => readDetails(open(asked), id),
    copyFiles: async ({ target, format, ...asked }) => {
      const location = open(asked);
      const files = await findFiles(location, viewOf(asked), target, MAX_FILES_PER_SNIPPET);
      parts.writeClipboard(toSnippet(format, location.account.endpoint, files));
      return files.length;
    },
    copySha256: async ({ id, ...asked }) => {
      const { findLocal, diskPatience } = open(asked).transfers;
      const local = await readLocalCopy(findLocal, id, diskPatience);
      if (!local?.sha256) throw new AppFailure({ code: 'fileMissing' });
      parts.writeClipboard(local.sha256);
      return null;
    },
    showLocalCopy: async ({ id, ...asked }) => {
      const { findLocal, diskPatience } = open(asked).transfers;
      parts.showInFolder(await findLocalPath(findLocal, id, diskPatience));
      return null;
    },
    dragFiles: ({ target, ...asked }) => drag(open(asked), viewOf(asked), target, parts.startDrag),
    replaceFile: ({ id, ...asked }) => replace(openFor('canUpload', asked), id, parts.chooseReplacement),
    draftDeletion: async ({ target, ...asked }) => {
      const location = openFor('canDelete', asked);
      const files = await toSet(location, viewOf(asked), target, location.deletions.filesUnderWay());
      return location.deletions.draft(files, asked.viewId);
    },
    beginDeletion: ({ id, count, ...asked }) => open(asked).deletions.begin(id, count, viewOf(asked).id),
    undoDeletion: ({ id, ...asked }) => open(asked).deletions.undo(id),
    cancelDeletion: ({ id, ...asked }) => {
      open(asked).deletions.cancel(id);
      return null;
    },
    resumeDeletions: (asked) => {
      open(asked).deletions.resume();
      return null;
    },
    listDeletions: (asked) => open(asked).deletions.list(),
    acknowledgeDeletions: ({ ids, ...asked }) => {
      open(asked).deletions.acknowledge(ids);
      return null;
    },
    uploadPaths: ({ paths, withoutPath, ...asked }) =>
      upload(openFor('canUpload', asked), paths, withoutPath),
    uploadFolder: async (asked) => {
      const location = openFor('canUpload', asked);
      const folder = await parts.chooseFolder();
      return folder === null ? null : upload(location, [folder], []);
    },
    saveFiles: ({ target, ...asked }) => save(open(asked), viewOf(asked), target, parts.chooseTargets),
    ...createTransferHandlers({ ...parts, transfers: (asked) => open(asked).transfers }),
  };
}

async function queryFiles(
  { index, deletions }: OpenLocation,
  view: View,
  query: FileQuery,
): Promise<FilePage> {
  const page = await index.query(query);
  const selection = await view.selection.view(page.rows, query);
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

/** The files of a target as they are now, without those whose ids are `leftOut`. */
function toSet(
  { index }: OpenLocation,
  { selection }: View,
  target: FileTarget,
  leftOut?: Iterable<string>,
): Promise<FileSet> {
  return target.kind === 'selection' ? selection.toSet(leftOut) : index.toSet(target.keys, leftOut);
}

/** Gives the files of a target that are there. Throws `notFound` for none and `tooMany`. */
async function findFiles(
  location: OpenLocation,
  view: View,
  target: FileTarget,
  limit: number,
): Promise<readonly RemoteFile[]> {
  const set = await toSet(location, view, target);
  if (set.count > limit) throw new AppFailure({ code: 'tooMany', limit });
  const files = await set.files();
  if (files.length === 0) throw new AppFailure({ code: 'notFound' });
  return files;
}

async function drag(
  location: OpenLocation,
  view: View,
  target: FileTarget,
  startDrag: FilesHandlersParts['startDrag'],
): Promise<DraggedFiles> {
  const files = await findFiles(location, view, target, MAX_DRAGGED_FILES);
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
  view: View,
  target: FileTarget,
  chooseTargets: FilesHandlersParts['chooseTargets'],
): Promise<number> {
  const files = await findFiles(location, view, target, MAX_INDEXED_FILES);
  const { downloads } = location.client.capabilities;
  const saveable = files.filter((file) => downloads === 'marked' && file.isSaveable);
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
