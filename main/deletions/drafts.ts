import { randomUUID } from 'node:crypto';
import { AppFailure } from '#app/errors.ts';
import type { DeletionDraft } from '#app/files/deletion.ts';
import type { FileSet } from '../file-index/file-index.ts';

/** What a person is being asked about. */
export interface Draft {
  readonly id: string;
  readonly count: number;
  readonly undoMs: number;
  readonly files: FileSet;
}

/** What drafts are made of. */
export interface DraftsParts {
  /** How long nothing is sent after a deletion began that is asked about now, in milliseconds. */
  readonly readUndoMs: () => number;
  /** The files that the person has asked to download and that have not arrived. */
  readonly listUnfinishedDownloads: () => Iterable<string>;
}

/** The questions before deletions, one a view. */
export interface Drafts {
  /** Throws `notFound` for no file, and `beingDeleted` when none was left. */
  make(files: FileSet, viewId: string): Promise<DeletionDraft>;
  /** Takes a view's draft out. Throws `notFound` for one that was forgotten, and `refused` for another count. */
  take(draftId: string, count: number, viewId: string): Draft;
  /** Puts one back that could not be carried out, unless the view has another by then. */
  putBack(draft: Draft, viewId: string): void;
}

/** Makes the drafts of a location. */
export function createDrafts({ readUndoMs, listUnfinishedDownloads }: DraftsParts): Drafts {
  const drafts = new Map<string, Draft>();
  return {
    make: async (files, viewId) => {
      const summary = await files.summary();
      const { leftOutCount } = files;
      if (summary.count === 0) throw new AppFailure({ code: leftOutCount > 0 ? 'beingDeleted' : 'notFound' });
      const [id, undoMs] = [randomUUID(), readUndoMs()];
      drafts.set(viewId, { id, count: summary.count, undoMs, files });
      const unfinishedDownloadCount = [...listUnfinishedDownloads()].filter(files.has).length;
      return { ...summary, id, leftOutCount, undoMs, unfinishedDownloadCount };
    },
    take: (draftId, count, viewId) => {
      const draft = drafts.get(viewId);
      if (draft?.id !== draftId) throw new AppFailure({ code: 'notFound' });
      if (draft.count !== count) throw new AppFailure({ code: 'refused' });
      drafts.delete(viewId);
      return draft;
    },
    putBack: (draft, viewId) => {
      if (!drafts.has(viewId)) drafts.set(viewId, draft);
    },
  };
}
