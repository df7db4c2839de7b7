import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { InLocation, InView } from '#app/contract/files-contract.ts';
import type { Deletion, DeletionDraft } from '#app/files/deletion.ts';
import type { FilePage } from '#app/files/file-query.ts';
import type { FileTarget } from '#app/files/selection.ts';
import { inLocation, inView } from '../location-in-view.ts';
import { messages } from '../ui/message-store.ts';
import { showError } from '../ui/show-error.ts';
import type { DeleteDialog } from './delete-dialog.tsx';
import { isOver, toDeletionMessage, toTooLateMessage } from './deletion-messages.ts';
import { deletionsOptions, toDetailsKey } from './file-queries.ts';
import { toTargetFolder } from './target-folder.ts';

/** What a person is asked about before it is deleted. */
export interface DeletionQuestion {
  readonly draft: DeletionDraft;
  /** The folder that all of it is, by its path; null when it is none. */
  readonly folder: string | null;
  /** What asks. Its code came with the answer: React's `lazy` would keep a dialog back for 300 ms after it is there. */
  readonly Dialog: typeof DeleteDialog;
}

/** The question before a deletion, and the way to it. */
export interface DeletionsView {
  /** Null when no question is open. */
  readonly question: DeletionQuestion | null;
  readonly ask: (target: FileTarget) => void;
  readonly answer: (isConfirmed: boolean) => void;
  /** Takes back the newest deletion whose grace period runs; does nothing when there is none. */
  readonly undoNewest: () => void;
}

const NO_DELETIONS: readonly Deletion[] = [];

/**
 * Asks before a deletion and follows those under way: a message each, with a way back, and afterwards with its results.
 * `page` is the one in view, and `whenChanged` gives it with all changes of the selection made: by it a folder is known.
 */
export function useDeletions(
  page: FilePage | undefined,
  whenChanged: () => Promise<FilePage | undefined>,
): DeletionsView {
  const [question, setQuestion] = useState<DeletionQuestion | null>(null);
  const client = useQueryClient();
  const view = inView();
  useDialogCode(page);
  const ask = async (target: FileTarget) => {
    const folder = toTargetFolder(target, await whenChanged());
    const [result, { DeleteDialog: Dialog }] = await Promise.all([
      window.files.draftDeletion({ ...view, target }),
      import('./delete-dialog.tsx'),
    ]);
    if (result.ok) setQuestion({ draft: result.value, folder, Dialog });
    else showError(result.error, 'delete');
  };
  useDeletionMessages(inLocation(), (target) => void ask(target));
  return {
    question,
    ask: (target) => void ask(target),
    answer: (isConfirmed) => {
      if (isConfirmed && question !== null) void begin(view, question.draft);
      setQuestion(null);
    },
    undoNewest: () => {
      const deletions = client.getQueryData(deletionsOptions(inLocation()).queryKey);
      const newest = deletions?.findLast(({ phase }) => phase === 'waiting');
      if (newest !== undefined) void undo(inLocation(), newest);
    },
  };
}

/** Fetches the dialog's code when there is something to ask about: the question is to be there as soon as it is wanted. */
function useDialogCode(page: FilePage | undefined): void {
  const hasSelection = page !== undefined && page.selection.summary.count > 0;
  useEffect(() => {
    if (!hasSelection) return;
    const idle = requestIdleCallback(() => void import('./delete-dialog.tsx'));
    return () => cancelIdleCallback(idle);
  }, [hasSelection]);
}

function useDeletionMessages(location: InLocation, onRetry: (target: FileTarget) => void): void {
  const { data: deletions = NO_DELETIONS } = useQuery(deletionsOptions(location));
  const told = useRef(new Map<string, Deletion>());
  const client = useQueryClient();
  const latest = useRef(onRetry);
  latest.current = onRetry;

  useEffect(() => {
    const isDone = ({ id }: Deletion) => {
      const last = told.current.get(id);
      return last !== undefined && isOver(last);
    };
    for (const deletion of deletions) {
      // A list that was on its way while the end was told must not bring it back.
      if (told.current.get(deletion.id) === deletion || isDone(deletion)) continue;
      told.current.set(deletion.id, deletion);
      messages.show(
        toDeletionMessage(deletion, {
          undo: () => void undo(location, deletion),
          stop: () => void stop(location, deletion),
          resume: () => void resume(location),
          retry: () => latest.current(toFailedTarget(deletion)),
        }),
      );
    }
    const doneIds = deletions.filter(isDone).map(({ id }) => id);
    if (doneIds.length === 0) return;
    // Main keeps how a deletion came out until then. Should it not hear it, it is told once more by the next window.
    void window.files.acknowledgeDeletions({ ...location, ids: doneIds });
    client.setQueryData(deletionsOptions(location).queryKey, (old) =>
      old?.filter((deletion) => !isDone(deletion)),
    );
    // Details that are open tell why their file was not deleted.
    void client.invalidateQueries({ queryKey: toDetailsKey(location) });
  }, [location, deletions, client]);
}

function toFailedTarget({ failures }: Deletion): FileTarget {
  return { kind: 'rows', keys: failures.map(({ fileId }) => fileId) };
}

async function begin(view: InView, { id, count }: DeletionDraft): Promise<void> {
  const result = await window.files.beginDeletion({ ...view, id, count });
  if (!result.ok) showError(result.error, 'delete');
}

async function undo(location: InLocation, deletion: Deletion): Promise<void> {
  const result = await window.files.undoDeletion({ ...location, id: deletion.id });
  if (!result.ok) showError(result.error, 'delete');
  else if (!result.value) messages.show(toTooLateMessage(deletion));
}

async function stop(location: InLocation, { id }: Deletion): Promise<void> {
  const result = await window.files.cancelDeletion({ ...location, id });
  if (!result.ok) showError(result.error, 'delete');
}

async function resume(location: InLocation): Promise<void> {
  const result = await window.files.resumeDeletions(location);
  if (!result.ok) showError(result.error, 'delete');
}
