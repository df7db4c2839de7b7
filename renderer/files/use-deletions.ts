import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { Deletion } from '#app/files/deletion.ts';
import type { RemoteFile } from '#app/files/remote-file.ts';
import { messages } from '../ui/message-store.ts';
import { showError } from '../ui/show-error.ts';
import { type DeletionMessageActions, toDeletionMessage, toTooLateMessage } from './deletion-messages.ts';
import { deletionsOptions } from './file-queries.ts';

/** The deletions under way, and the way to begin one. */
export interface DeletionsView {
  /** Files that wait to be deleted or are being deleted. */
  readonly deletingIds: ReadonlySet<string>;
  /** Begins a deletion that the person has confirmed. */
  readonly begin: (files: readonly RemoteFile[]) => Promise<void>;
}

interface DeletionsInput {
  readonly onBegun: (ids: readonly string[]) => void;
  /** Files that a deletion removed; some may have been selected again while it waited. */
  readonly onDeleted: (ids: readonly string[]) => void;
  /** Files that are still there and were to be deleted: undone, or failed. */
  readonly onKept: (files: readonly RemoteFile[]) => void;
  readonly onRetry: (files: readonly RemoteFile[]) => void;
}

const NO_DELETIONS: readonly Deletion[] = [];

/** Follows the deletions: a message each, with a way back, and afterwards with its results. */
export function useDeletions({ onBegun, onDeleted, onKept, onRetry }: DeletionsInput): DeletionsView {
  const { data: deletions = NO_DELETIONS } = useQuery(deletionsOptions);
  // The files of deletions that this window began: main tells of deletions by ids only.
  const known = useRef(new Map<string, RemoteFile>());
  const told = useRef(new Map<string, Deletion>());
  const client = useQueryClient();

  useEffect(() => {
    const find = (ids: readonly string[]) => ids.flatMap((id) => known.current.get(id) ?? []);
    for (const deletion of deletions) {
      const before = told.current.get(deletion.id);
      if (before === deletion) continue;
      told.current.set(deletion.id, deletion);
      // What was over before this window opened is no news.
      if (isOver(deletion) && before === undefined) continue;
      messages.show(toDeletionMessage(deletion, createActions(deletion, find, onRetry)));
      if (!isOver(deletion)) continue;
      const { kept, deleted } = toOutcome(deletion);
      onDeleted(deleted);
      onKept(find(kept));
    }
    // What is over has been told: nothing asks for it again.
    const over = deletions.filter(isOver);
    if (over.length === 0) return;
    for (const { id, fileIds } of over) {
      told.current.delete(id);
      for (const fileId of fileIds) known.current.delete(fileId);
    }
    client.setQueryData(deletionsOptions.queryKey, (old) => old?.filter((deletion) => !isOver(deletion)));
  }, [deletions, client, onDeleted, onKept, onRetry]);

  const begin = useCallback(
    async (files: readonly RemoteFile[]) => {
      const ids = files.map(({ id }) => id);
      for (const file of files) known.current.set(file.id, file);
      const result = await window.files.deleteFiles({ ids });
      if (result.ok) onBegun(ids);
      else showError(result.error, 'delete');
    },
    [onBegun],
  );

  const deletingIds = useMemo(() => {
    const running = deletions.filter(({ phase }) => phase === 'waiting' || phase === 'deleting');
    return new Set(running.flatMap(({ fileIds }) => fileIds));
  }, [deletions]);
  return { deletingIds, begin };
}

function isOver({ phase }: Deletion): boolean {
  return phase === 'finished' || phase === 'undone';
}

/** Parts the files of a deletion that is over, by their ids. */
function toOutcome({ phase, fileIds, failures }: Deletion): {
  readonly kept: readonly string[];
  readonly deleted: readonly string[];
} {
  if (phase === 'undone') return { kept: fileIds, deleted: [] };
  const failed = new Set(failures.map(({ fileId }) => fileId));
  return { kept: [...failed], deleted: fileIds.filter((id) => !failed.has(id)) };
}

function createActions(
  deletion: Deletion,
  find: (ids: readonly string[]) => readonly RemoteFile[],
  onRetry: (files: readonly RemoteFile[]) => void,
): DeletionMessageActions {
  const failed = find(deletion.failures.map(({ fileId }) => fileId));
  return {
    undo: () => void undo(deletion),
    retry: failed.length === 0 ? null : () => onRetry(failed),
  };
}

async function undo(deletion: Deletion): Promise<void> {
  const result = await window.files.undoDeletion({ id: deletion.id });
  if (!result.ok) showError(result.error, 'delete');
  else if (!result.value) messages.show(toTooLateMessage(deletion));
}
