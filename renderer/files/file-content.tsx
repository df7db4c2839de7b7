import { useEffect } from 'react';
import type { FilePage } from '#app/files/file-query.ts';
import { toAppError } from '../bridge.ts';
import { texts } from '../texts/texts.ts';
import { FileBanners } from './file-banners.tsx';
import { FileGrid } from './file-grid.tsx';
import { EmptyPanel, FailedPanel, LoadingPanel, NoResultsPanel } from './file-states.tsx';
import type { FilesView } from './use-files-view.ts';

/** Draws the table, or what there is in its place. */
export function FileContent({ view }: { readonly view: FilesView }) {
  const { page, error } = view.pageView;
  if (page !== undefined) return <PageContent view={view} page={page} />;
  if (error === null) return <LoadingPanel label={texts.files.states.loading} />;
  return <FailedPanel error={toAppError(error)} onRetry={view.refresh} />;
}

function PageContent({ view, page }: { readonly view: FilesView; readonly page: FilePage }) {
  const { search, setSearch } = view.pageView;
  const { status, total } = page;
  if (status.knownFiles === 0 && status.phase === 'reading' && status.completedAt === null) {
    return <LoadingPanel label={texts.files.states.loading} />;
  }
  if (status.knownFiles === 0 && status.phase === 'failed' && status.error !== null) {
    return <FailedPanel error={status.error} onRetry={view.refresh} />;
  }
  return (
    <>
      <FileBanners status={status} onRefresh={view.refresh} />
      {total > 0 ? (
        <FileGrid
          rows={page.rows}
          offset={page.offset}
          total={total}
          search={search}
          selection={view.selectionView.selection}
          deletingIds={view.deletions.deletingIds}
          actions={view.gridActions}
        />
      ) : null}
      {total === 0 && search !== '' ? (
        <NoResultsPanel search={search} status={status} onClear={() => setSearch('')} />
      ) : null}
      {total === 0 && search === '' ? <EmptyPanel /> : null}
      <InteractiveMark />
    </>
  );
}

/** Marks once on the browser's timeline when a person could first use the list; measured by `npm run bench`. */
function InteractiveMark() {
  useEffect(() => {
    if (performance.getEntriesByName('files:interactive').length > 0) return;
    // The first frame is asked for before the list is painted, the second one comes after.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => performance.mark('files:interactive'));
    });
    return () => cancelAnimationFrame(frame);
  }, []);
  return null;
}
