import { memo, type RefObject, useCallback, useMemo, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { TableOptions } from './columns/table-options.tsx';
import { DetailsPanel } from './details-panel.tsx';
import { FileContent } from './file-content.tsx';
import { FilesDialogs } from './files-dialogs.tsx';
import { FilterChips } from './filters/filter-chips.tsx';
import { FilterMenu } from './filters/filter-menu.tsx';
import { PathBar } from './folders/path-bar.tsx';
import { ShortcutsButton } from './keyboard/shortcuts-button.tsx';
import { toPageRange } from './page-range.ts';
import { SelectionBar } from './selection-bar.tsx';
import { StatusBar } from './status-bar.tsx';
import { toTargetFolder } from './target-folder.ts';
import { Toolbar } from './toolbar.tsx';
import { QuotaMeter } from './usage/quota-meter.tsx';
import type { FilePageView } from './use-file-page.ts';
import { useFilesView, type FilesView as View } from './use-files-view.ts';
import { focusInContent, useFocusWithoutGrid } from './use-focus-without-grid.ts';
import { useWindowKeys } from './use-window-keys.ts';
import './files-view.css';

/** Where the files are, and where in the sidebar what belongs to them may be drawn. */
export interface FilesViewProps {
  readonly location: string;
  readonly sidebar: HTMLElement | null;
}

/** Draws the files of a location: toolbar, path, table, pages, details. */
export function FilesView({ location, sidebar }: FilesViewProps) {
  const view = useFilesView();
  const { pageView, selection, details, actions } = view;
  const searchField = useRef<HTMLInputElement>(null);
  const content = useRef<HTMLDivElement>(null);
  useFocusWithoutGrid(content);
  const [hasOptions, setHasOptions] = useState(false);
  const [hasShortcuts, setHasShortcuts] = useState(false);
  const focusGrid = useCallback(
    () => content.current?.querySelector<HTMLElement>('[data-row-key][tabindex="0"]')?.focus(),
    [],
  );
  const goOn = useCallback(() => focusInContent(content.current), []);
  const showOptions = useCallback(() => setHasOptions(true), []);
  const showShortcuts = useCallback(() => setHasShortcuts(true), []);
  useWindowKeys({
    refresh: actions.refresh,
    search: () => searchField.current?.select(),
    undo: view.deletions.undoNewest,
    showShortcuts,
    leaveFolder: pageView.leaveFolder,
    turnTo: (page) => turnTo(pageView, page),
  });
  return (
    <>
      <FilesToolbar view={view} searchField={searchField} onLeaveSearch={focusGrid} />
      <div className="files-body">
        <div ref={content} className="files-content">
          <FilesPath view={view} hasOptions={hasOptions} onOptionsChange={setHasOptions} />
          <FilterChips filter={pageView.query.filter} onFilter={pageView.setFilter} />
          <FileContent view={view} onOptions={showOptions} />
          {pageView.answer === undefined ? null : (
            <SelectionBar answer={pageView.answer} selection={selection} onDone={focusGrid} />
          )}
          <StatusBar pageView={pageView} selection={selection} onCleared={goOn} />
        </div>
        {details.isOpen ? <Details view={view} onClosed={goOn} /> : null}
      </div>
      {sidebar === null
        ? null
        : createPortal(
            <FilesSidebar onShowLargest={pageView.showLargest} onShortcuts={showShortcuts} />,
            sidebar,
          )}
      <FilesDialogs
        view={view}
        location={location}
        hasShortcuts={hasShortcuts}
        onCloseShortcuts={() => setHasShortcuts(false)}
        focusTable={goOn}
      />
    </>
  );
}

function FilesToolbar(props: {
  readonly view: View;
  readonly searchField: RefObject<HTMLInputElement | null>;
  readonly onLeaveSearch: () => void;
}) {
  const { pageView, selection, details, actions } = props.view;
  const { query, page, setFilter } = pageView;
  const { filter } = query;
  const matchCount = page?.fileCount ?? null;
  const isReading = page?.status.phase === 'reading';
  const filters = useMemo(
    () => <FilterMenu filter={filter} matchCount={matchCount} isReading={isReading} onFilter={setFilter} />,
    [filter, matchCount, isReading, setFilter],
  );
  return (
    <Toolbar
      filters={filters}
      hasSelection={selection.summary.count > 0}
      search={filter.search}
      searchField={props.searchField}
      isReading={isReading}
      isDetailsOpen={details.isOpen}
      onSave={actions.saveSelected}
      onDelete={actions.deleteSelected}
      onRefresh={actions.refresh}
      onSearch={pageView.setSearch}
      onLeaveSearch={props.onLeaveSearch}
      onToggleDetails={details.toggle}
    />
  );
}

function turnTo(
  { page, query, setOffset }: FilePageView,
  target: 'first' | 'previous' | 'next' | 'last',
): void {
  if (page === undefined) return;
  const { previousOffset, nextOffset, lastOffset } = toPageRange(page.offset, query.limit, page.total);
  setOffset({ first: 0, previous: previousOffset, next: nextOffset, last: lastOffset }[target]);
}

/** Draws what belongs to the files in the sidebar. */
const FilesSidebar = memo(function FilesSidebar(props: {
  readonly onShowLargest: () => void;
  readonly onShortcuts: () => void;
}) {
  return (
    <>
      <QuotaMeter onShowLargest={props.onShowLargest} />
      <ShortcutsButton onPress={props.onShortcuts} />
    </>
  );
});

function FilesPath(props: {
  readonly view: View;
  readonly hasOptions: boolean;
  readonly onOptionsChange: (hasOptions: boolean) => void;
}) {
  const { hasOptions, onOptionsChange } = props;
  const { pageView, look, lookChanges } = props.view;
  const { page } = pageView;
  return (
    <PathBar
      folder={pageView.query.folder}
      fileCount={page?.fileCount ?? 0}
      sizeBytes={page?.sizeBytes ?? 0}
      status={page?.status}
      onFolder={pageView.openFolder}
      onHasFolders={pageView.setHasFolders}
      options={useMemo(
        () => (
          <TableOptions
            look={look}
            changes={lookChanges}
            isOpen={hasOptions}
            onOpenChange={onOptionsChange}
          />
        ),
        [look, lookChanges, hasOptions, onOptionsChange],
      )}
    />
  );
}

function Details({ view, onClosed }: { readonly view: View; readonly onClosed: () => void }) {
  return (
    <DetailsPanel
      summary={view.selection.summary}
      folder={toTargetFolder({ kind: 'selection' }, view.pageView.page)}
      goneFile={view.details.goneFile}
      onGone={view.details.markGone}
      onSave={view.actions.saveSelected}
      onDelete={view.actions.deleteSelected}
      onClose={() => {
        onClosed();
        view.details.toggle();
      }}
    />
  );
}
