import { randomUUID } from 'node:crypto';
import { AppFailure } from '#app/errors.ts';
import type { FileIndex, Selection } from '../file-index/file-index.ts';

/** What a person does with a location's files in one place: what is selected there. What is asked about is kept by its id. */
export interface View {
  readonly id: string;
  readonly selection: Selection;
}

/** The views of one location. */
export interface Views {
  open(): View;
  /** Throws `refused` for one that is not open. */
  get(viewId: string): View;
  all(): readonly View[];
  /** Files whose deletion has begun leave every selection; `viewId` is where, null where no person began it. */
  noteBegun(fileIds: readonly string[], viewId: string | null): Promise<void>;
  /**
   * Files of deletions that stay after all are selected again where their deletion was begun, if nothing else is by then;
   * in every view where that was in an earlier run.
   */
  noteKept(fileIds: readonly string[]): Promise<void>;
  noteDeleted(fileIds: readonly string[]): void;
}

/** Makes the views of an index; `onSelectionChange` is told when a selection changed and no person did it. */
export function createViews(
  { openSelection }: Pick<FileIndex, 'openSelection'>,
  onSelectionChange: (viewId: string) => void,
): Views {
  const open = new Map<string, View>();
  /** Where the deletion of a file was begun, by the file's id. */
  const begunIn = new Map<string, string>();
  const all = () => [...open.values()];
  const change = async ({ id, selection }: View, act: (selection: Selection) => Promise<void>) => {
    await act(selection);
    onSelectionChange(id);
  };
  return {
    open: () => {
      const view = { id: randomUUID(), selection: openSelection() };
      open.set(view.id, view);
      return view;
    },
    get: (viewId) => {
      const view = open.get(viewId);
      if (!view) throw new AppFailure({ code: 'refused' });
      return view;
    },
    all,
    noteBegun: async (fileIds, viewId) => {
      if (viewId !== null) for (const fileId of fileIds) begunIn.set(fileId, viewId);
      await Promise.all(all().map((view) => change(view, (selection) => selection.remove(fileIds))));
    },
    noteKept: async (fileIds) => {
      const begun = new Map(fileIds.map((fileId) => [fileId, begunIn.get(fileId)]));
      for (const fileId of fileIds) begunIn.delete(fileId);
      const keptOf = ({ id }: View) => fileIds.filter((fileId) => (begun.get(fileId) ?? id) === id);
      const views = all().filter((view) => keptOf(view).length > 0);
      await Promise.all(views.map((view) => change(view, (selection) => selection.restore(keptOf(view)))));
    },
    noteDeleted: (fileIds) => {
      for (const fileId of fileIds) begunIn.delete(fileId);
    },
  };
}
