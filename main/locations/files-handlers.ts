import type { Session } from '#app/accounts/session.ts';
import type { FilesCommands } from '#app/contract/files-contract.ts';
import { AppFailure } from '#app/errors.ts';
import type { RemoteFile } from '#app/files/remote-file.ts';
import type { UploadIntake } from '#app/transfers/transfer.ts';
import type { CommandHandlers } from '../ipc/register-bridge.ts';
import type { SaveTarget } from '../transfers/saves/save-target.ts';
import { collectUploads } from '../transfers/uploads/collect-uploads.ts';
import type { OpenLocation } from './open-location.ts';
import { createTransferHandlers } from './transfer-handlers.ts';

/** What the main window's commands need of the rest of main. */
export interface FilesHandlersParts {
  readonly session: () => Session;
  /** The location in view; undefined while there is none. */
  readonly location: () => OpenLocation | undefined;
  readonly unlock: () => Promise<void>;
  readonly signOut: () => Promise<void>;
  readonly openConnect: () => void;
  readonly writeClipboard: (text: string) => void;
  /** Asks the person for a folder to upload; null when they chose none. */
  readonly chooseFolder: () => Promise<string | null>;
  /** Asks the person where files shall be saved, a target a file in the same order; null when they chose nowhere. */
  readonly chooseTargets: (files: readonly RemoteFile[]) => Promise<readonly SaveTarget[] | null>;
  readonly showInFolder: (path: string) => void;
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
    unlock: async () => {
      await parts.unlock();
      return null;
    },
    signOut: async () => {
      await parts.signOut();
      return null;
    },
    openConnect: () => {
      parts.openConnect();
      return null;
    },
    queryFiles: (query) => current().index.query(query),
    findFiles: ({ ids }) => findFiles(current(), ids),
    refreshFiles: () => {
      void current().index.refresh();
      return null;
    },
    readFile: ({ id }) => readFile(current(), id),
    copyIds: ({ ids }) => {
      parts.writeClipboard(ids.join('\n'));
      return null;
    },
    listDeletions: () => current().deletions.list(),
    deleteFiles: ({ ids }) => current().deletions.begin(ids),
    undoDeletion: ({ id }) => current().deletions.undo(id),
    uploadPaths: ({ paths, withoutPath }) => upload(current(), paths, withoutPath),
    uploadFolder: async () => {
      const location = current();
      const folder = await parts.chooseFolder();
      return folder === null ? null : upload(location, [folder], []);
    },
    saveFiles: ({ ids }) => save(current(), ids, parts.chooseTargets),
    ...createTransferHandlers({ ...parts, transfers: () => current().transfers }),
  };
}

function findFiles({ index }: Pick<OpenLocation, 'index'>, ids: readonly string[]): readonly RemoteFile[] {
  return ids.map(index.find).filter((file) => file !== undefined);
}

async function readFile({ client, index }: OpenLocation, id: string): Promise<RemoteFile> {
  try {
    const file = await client.readFile(id, new AbortController().signal);
    // A deletion that was quicker than this answer is not undone by it.
    if (index.find(id)) index.put(file);
    return file;
  } catch (cause) {
    if (cause instanceof AppFailure && cause.error.code === 'notFound') index.remove([id]);
    throw cause;
  }
}

async function upload(
  { transfers }: OpenLocation,
  paths: readonly string[],
  withoutPath: readonly string[],
): Promise<UploadIntake> {
  const { sources, skipped } = await collectUploads(paths);
  transfers.queue.add(sources.map((source) => ({ direction: 'upload', ...source })));
  return {
    acceptedCount: sources.length,
    skipped: [...skipped, ...withoutPath.map((name) => ({ name, reason: 'noPath' as const }))],
  };
}

async function save(
  { index, transfers }: OpenLocation,
  ids: readonly string[],
  chooseTargets: FilesHandlersParts['chooseTargets'],
): Promise<number> {
  const files = findFiles({ index }, ids);
  if (files.length === 0) throw new AppFailure({ code: 'notFound' });
  const saveable = files.filter((file) => file.isSaveable);
  if (saveable.length === 0) throw new AppFailure({ code: 'notSaveable' });
  const targets = await chooseTargets(saveable);
  if (targets === null) return 0;
  transfers.queue.add(
    saveable.flatMap((file, position) => {
      const target = targets[position];
      return target ? [{ direction: 'save' as const, file, target }] : [];
    }),
  );
  return saveable.length;
}
