import { useCallback, useMemo, useRef, useState } from 'react';
import type { FilePage } from '#app/files/file-query.ts';
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
  readonly details: DetailsView;
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
  readonly markGone: (file: RemoteFile) => void;
}

/** Brings page, selection, deletions and details together. */
export function useFilesView(): FilesView {
  const pageView = useFilePage();
  const selectionView = useSelection(pageView.page?.rows ?? NO_ROWS, holdsAllFiles(pageView.page));
  const details = useDetails(selectionView);
  const [question, setQuestion] = useState<readonly RemoteFile[] | null>(null);
  const deletions = useDeletions({
    onBegun: selectionView.deselect,
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
    details,
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

function holdsAllFiles(page: FilePage | undefined): boolean {
  return page?.status.phase === 'complete' && page.rows.length === page.status.knownFiles;
}

function useDetails({ deselect }: SelectionView): DetailsView {
  const [isOpen, setIsOpen] = useState(() => readChoice('isDetailsOpen') === 'yes');
  const [goneFile, setGoneFile] = useState<RemoteFile | null>(null);
  const change = useCallback((isNowOpen: boolean) => {
    rememberChoice('isDetailsOpen', isNowOpen ? 'yes' : 'no');
    setIsOpen(isNowOpen);
    setGoneFile(null);
  }, []);
  const open = useCallback(() => change(true), [change]);
  const markGone = useCallback(
    (file: RemoteFile) => {
      setGoneFile(file);
      deselect([file.id]);
    },
    [deselect],
  );
  return { isOpen, goneFile, open, toggle: () => change(!isOpen), markGone };
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
