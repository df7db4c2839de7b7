import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { RemoteFile } from '#app/files/remote-file.ts';
import { readChoice, rememberChoice } from '../ui/remembered.ts';
import type { FileGridActions } from './file-grid.tsx';
import { refreshFiles } from './refresh-files.ts';
import { saveFiles } from './save-files.ts';
import { type DeletionsView, useDeletions } from './use-deletions.ts';
import { type FilePageView, useFilePage } from './use-file-page.ts';
import { type SelectionView, useSelection } from './use-selection.ts';

const NO_ROWS: readonly RemoteFile[] = [];

/** Everything that the view of files knows and can do. */
export interface FilesView {
  readonly pageView: FilePageView;
  readonly selectionView: SelectionView;
  readonly deletions: DeletionsView;
  readonly details: Omit<DetailsView, 'markGone' | 'forget'> & {
    readonly markGone: (file: RemoteFile) => void;
  };
  /** The files that the person is asked about; null when no question is open. */
  readonly question: readonly RemoteFile[] | null;
  readonly ask: (files: readonly RemoteFile[]) => void;
  readonly answer: (isConfirmed: boolean) => void;
  readonly saveSelected: () => void;
  readonly deleteSelected: () => void;
  readonly refresh: () => void;
  readonly gridActions: FileGridActions;
}

/** Whether the details are open, and the file that was found gone in them. */
interface DetailsView {
  readonly isOpen: boolean;
  readonly goneFile: RemoteFile | null;
  readonly open: () => void;
  readonly toggle: () => void;
  readonly markGone: (file: RemoteFile, deletingIds: ReadonlySet<string>) => void;
  /** Passes over files that this app has deleted itself: their end is told elsewhere. */
  readonly forget: (ids: readonly string[]) => void;
}

/** Brings page, selection, deletions and details together. */
export function useFilesView(): FilesView {
  const pageView = useFilePage();
  const selectionView = useSelection(
    pageView.page?.rows ?? NO_ROWS,
    pageView.page?.status.completedAt ?? null,
  );
  const details = useDetails(selectionView);
  const [question, setQuestion] = useState<readonly RemoteFile[] | null>(null);
  const deletions = useDeletions({
    onBegun: selectionView.deselect,
    onDeleted: details.forget,
    onKept: selectionView.select,
    onRetry: setQuestion,
  });
  // A file that waits to be deleted cannot be deleted again.
  const ask = (files: readonly RemoteFile[]) => {
    const remaining = files.filter(({ id }) => !deletions.deletingIds.has(id));
    if (remaining.length > 0) setQuestion(remaining);
  };
  const gridActions = useGridActions(selectionView, details, ask);
  const selected = () => [...selectionView.selection.files.values()];
  return {
    pageView,
    selectionView,
    deletions,
    details: { ...details, markGone: (file) => details.markGone(file, deletions.deletingIds) },
    question,
    ask,
    answer: (isConfirmed) => {
      if (isConfirmed && question !== null) void deletions.begin(question);
      setQuestion(null);
    },
    saveSelected: () => void saveFiles(selected()),
    deleteSelected: () => ask(selected()),
    refresh: () => void refreshFiles(),
    gridActions,
  };
}

function useDetails({ summary, deselect }: SelectionView): DetailsView {
  const [isOpen, setIsOpen] = useState(() => readChoice('isDetailsOpen') === 'yes');
  const [goneFile, setGoneFile] = useState<RemoteFile | null>(null);
  const change = useCallback((isNowOpen: boolean) => {
    rememberChoice('isDetailsOpen', isNowOpen ? 'yes' : 'no');
    setIsOpen(isNowOpen);
    setGoneFile(null);
  }, []);
  const open = useCallback(() => change(true), [change]);
  const markGone = useCallback(
    (file: RemoteFile, deletingIds: ReadonlySet<string>) => {
      if (!deletingIds.has(file.id)) setGoneFile(file);
      deselect([file.id]);
    },
    [deselect],
  );
  const forget = useCallback(
    (ids: readonly string[]) => {
      setGoneFile((old) => (old !== null && ids.includes(old.id) ? null : old));
      deselect(ids);
    },
    [deselect],
  );
  const hasSelection = summary.count > 0;
  useEffect(() => {
    if (hasSelection) setGoneFile(null);
  }, [hasSelection]);
  return { isOpen, goneFile, open, toggle: () => change(!isOpen), markGone, forget };
}

/** Gives the grid functions that never change their identity, whatever they look up when they are called. */
function useGridActions(
  selectionView: SelectionView,
  details: DetailsView,
  ask: (files: readonly RemoteFile[]) => void,
): FileGridActions {
  const latest = useRef({ selection: selectionView.selection, ask });
  latest.current = { selection: selectionView.selection, ask };
  const { clickRow, extend, togglePage, selectPage, clear } = selectionView;
  const openDetails = details.open;
  return useMemo(
    () => ({
      clickRow,
      extend,
      togglePage,
      selectPage,
      clearSelection: clear,
      open: (file) => {
        if (!latest.current.selection.files.has(file.id)) clickRow(file, { isRange: false, isToggle: false });
        openDetails();
      },
      askToDelete: (file) => {
        const { files } = latest.current.selection;
        latest.current.ask(files.size === 0 ? [file] : [...files.values()]);
      },
    }),
    [clickRow, extend, togglePage, selectPage, clear, openDetails],
  );
}
