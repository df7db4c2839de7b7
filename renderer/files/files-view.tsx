import { lazy, Suspense, useRef } from 'react';
import { formatSize } from '../texts/format.ts';
import { texts } from '../texts/texts.ts';
import { IconButton } from '../ui/button.tsx';
import { DetailsPanel } from './details-panel.tsx';
import { FileContent } from './file-content.tsx';
import { Pager } from './pager.tsx';
import { saveFiles } from './save-files.ts';
import { Toolbar } from './toolbar.tsx';
import { useFilesView, type FilesView as View } from './use-files-view.ts';
import { useWindowKeys } from './use-window-keys.ts';
import './files-view.css';
import { X } from 'lucide-react';

const DeleteDialog = lazy(async () => ({ default: (await import('./delete-dialog.tsx')).DeleteDialog }));

/** Draws the files of a location: toolbar, table, pages, details. */
export function FilesView({ location }: { readonly location: string }) {
  const view = useFilesView();
  const searchField = useRef<HTMLInputElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const { pageView, selectionView, details } = view;
  const focusGrid = () => content.current?.querySelector<HTMLElement>('[data-row-id][tabindex="0"]')?.focus();
  useWindowKeys({ refresh: view.refresh, search: () => searchField.current?.select() });
  return (
    <>
      <Toolbar
        hasSelection={selectionView.summary.count > 0}
        search={pageView.search}
        searchField={searchField}
        isReading={pageView.page?.status.phase === 'reading'}
        isDetailsOpen={details.isOpen}
        onSave={view.saveSelected}
        onDelete={view.deleteSelected}
        onRefresh={view.refresh}
        onSearch={pageView.setSearch}
        onLeaveSearch={focusGrid}
        onToggleDetails={details.toggle}
      />
      <div className="files-body">
        <div ref={content} className="files-content">
          <FileContent view={view} />
          <StatusBar view={view} />
        </div>
        {details.isOpen ? <Details view={view} /> : null}
      </div>
      {view.question === null ? null : (
        <Suspense fallback={null}>
          <DeleteDialog
            files={view.question}
            location={location}
            onCancel={() => view.answer(false)}
            onConfirm={() => {
              focusGrid();
              view.answer(true);
            }}
          />
        </Suspense>
      )}
    </>
  );
}

function Details({ view }: { readonly view: View }) {
  return (
    <DetailsPanel
      files={[...view.selectionView.selection.files.values()]}
      goneFile={view.details.goneFile}
      onGone={view.details.markGone}
      onSave={(files) => void saveFiles(files)}
      onDelete={view.ask}
      onClose={view.details.toggle}
    />
  );
}

function StatusBar({ view }: { readonly view: View }) {
  const { pageView, selectionView } = view;
  const { page, limit } = pageView;
  const { count, sizeBytes } = selectionView.summary;
  if (page === undefined || (page.total === 0 && count === 0)) return null;
  return (
    <div className="files-status">
      {count === 0 ? null : (
        <div className="files-selection">
          <span>{texts.files.selection.summary(count, formatSize(sizeBytes))}</span>
          <IconButton label={texts.files.selection.clear} hintEdge="start" onPress={selectionView.clear}>
            <X size={14} />
          </IconButton>
        </div>
      )}
      {page.total === 0 ? null : (
        <Pager
          offset={page.offset}
          limit={limit}
          total={page.total}
          isGrowing={page.status.phase === 'reading'}
          onOffset={pageView.setOffset}
          onLimit={pageView.setLimit}
        />
      )}
    </div>
  );
}
