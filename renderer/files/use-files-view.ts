import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { parseFolderKey, type RowKey } from '#app/files/file-query.ts';
import type { RemoteFile } from '#app/files/remote-file.ts';
import type { FileSummary, FileTarget } from '#app/files/selection.ts';
import { readChoice, rememberChoice } from '../ui/remembered.ts';
import { type TableLook, type TableLookChanges, useTableLook } from './columns/use-table-look.ts';
import { dragOut } from './drag-out.ts';
import { refreshFiles } from './refresh-files.ts';
import { saveFiles } from './save-files.ts';
import { toTargetFolder } from './target-folder.ts';
import { type DeletionsView, useDeletions } from './use-deletions.ts';
import { type FilePageView, useFilePage } from './use-file-page.ts';
import { type SelectionControl, useSelection } from './use-selection.ts';

/** The commands on the files in view. They keep their identity. */
export interface FileActions {
  /** Goes into a folder, or opens the details: of a file, which is selected then, unless several are. */
  readonly open: (key: RowKey) => void;
  /** Saves files; `summary` is what they amount to. */
  readonly save: (target: FileTarget, summary: FileSummary) => void;
  readonly saveSelected: () => void;
  /** Asks before a deletion. */
  readonly askToDelete: (target: FileTarget) => void;
  readonly deleteSelected: () => void;
  /** Begins to drag a row, and with it the whole selection when it belongs to that. */
  readonly drag: (key: RowKey) => void;
  /** Asks before the deletion of the selection, or of a row when nothing is selected. */
  readonly deleteFrom: (key: RowKey) => void;
  readonly refresh: () => void;
}

/** Everything that the view of files knows and can do. */
export interface FilesView {
  readonly pageView: FilePageView;
  readonly selection: SelectionControl;
  readonly deletions: DeletionsView;
  readonly details: DetailsView;
  readonly actions: FileActions;
  readonly look: TableLook;
  readonly lookChanges: TableLookChanges;
}

/** Whether the details are open, and the file that was found gone in them. */
export interface DetailsView {
  readonly isOpen: boolean;
  readonly goneFile: RemoteFile | null;
  readonly open: () => void;
  readonly toggle: () => void;
  readonly markGone: (file: RemoteFile) => void;
}

const SELECTED: FileTarget = { kind: 'selection' };

/** Brings page, selection, deletions and details together. */
export function useFilesView(): FilesView {
  const pageView = useFilePage();
  const selection = useSelection(pageView.answer);
  const deletions = useDeletions(pageView.page, selection.whenChanged);
  const details = useDetails(selection.summary.count > 0);
  const [look, lookChanges] = useTableLook();
  const actions = useActions({ pageView, selection, deletions, details });
  return { pageView, selection, deletions, details, actions, look, lookChanges };
}

function useDetails(hasSelection: boolean): DetailsView {
  const [isOpen, setIsOpen] = useState(() => readChoice('isDetailsOpen') === 'yes');
  const [goneFile, setGoneFile] = useState<RemoteFile | null>(null);
  const change = useCallback((isNowOpen: boolean) => {
    rememberChoice('isDetailsOpen', isNowOpen ? 'yes' : 'no');
    setIsOpen(isNowOpen);
    setGoneFile(null);
  }, []);
  const open = useCallback(() => change(true), [change]);
  const toggle = useCallback(() => change(!isOpen), [change, isOpen]);
  useEffect(() => {
    if (hasSelection) setGoneFile(null);
  }, [hasSelection]);
  return { isOpen, goneFile, open, toggle, markGone: setGoneFile };
}

function useActions(parts: Omit<FilesView, 'actions' | 'look' | 'lookChanges'>): FileActions {
  const latest = useRef(parts);
  latest.current = parts;
  return useMemo(
    () => ({
      open: (key) => {
        const { pageView, selection, details } = latest.current;
        const folder = parseFolderKey(key);
        if (folder !== null) {
          void enterFolder(folder, latest.current);
          return;
        }
        // Several were not selected to be lost by a look at one more.
        const areSeveral = selection.summary.count > 1 && toTargetFolder(SELECTED, pageView.page) === null;
        if (selection.marks.of(key) !== 'all' && !areSeveral)
          selection.clickRow(key, { isRange: false, isToggle: false });
        details.open();
      },
      save: (target, summary) => void saveFiles(target, summary),
      saveSelected: () => void saveSelected(latest.current.selection),
      askToDelete: (target) => latest.current.deletions.ask(target),
      deleteSelected: () => latest.current.deletions.ask(SELECTED),
      drag: (key) => {
        const isSelected = latest.current.selection.marks.of(key) === 'all';
        void dragOut(isSelected ? SELECTED : { kind: 'rows', keys: [key] });
      },
      deleteFrom: (key) => void deleteFrom(key, latest.current),
      refresh: () => void refreshFiles(),
    }),
    [],
  );
}

async function saveSelected({ whenChanged }: SelectionControl): Promise<void> {
  const page = await whenChanged();
  if (page !== undefined) await saveFiles(SELECTED, page.selection.summary);
}

/** The row had the focus when the key was pressed: it is what is meant when nothing is selected then. */
async function deleteFrom(
  key: RowKey,
  { selection, deletions }: Pick<FilesView, 'selection' | 'deletions'>,
): Promise<void> {
  const page = await selection.whenChanged();
  const hasSelection = page !== undefined && page.selection.summary.count > 0;
  deletions.ask(hasSelection ? SELECTED : { kind: 'rows', keys: [key] });
}

/**
 * Goes into a folder. The click that led into it has selected it: inside, all would be selected, so a selection of just
 * this folder is given up.
 */
async function enterFolder(
  folder: string,
  { pageView, selection }: Pick<FilesView, 'pageView' | 'selection'>,
): Promise<void> {
  const page = await selection.whenChanged();
  if (page !== undefined && toTargetFolder(SELECTED, page) === folder) selection.clear();
  pageView.openFolder(folder);
}
