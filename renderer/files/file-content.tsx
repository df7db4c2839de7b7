import { useEffect, useMemo } from 'react';
import { isBeforeFirstFiles } from '#app/files/file-index-status.ts';
import { isUnfiltered, NO_FILTER } from '#app/files/file-query.ts';
import { toAppError } from '../bridge.ts';
import { texts } from '../texts/texts.ts';
import { FileBanners } from './file-banners.tsx';
import { FileGrid, type FileGridActions } from './file-grid.tsx';
import type { AnsweredPage } from './file-queries.ts';
import { EmptyPanel, FailedPanel, LoadingPanel, NoResultsPanel, UnreadablePanel } from './file-states.tsx';
import { isGoneFolder } from './folders/use-gone-folder.ts';
import type { FilesView } from './use-files-view.ts';

/** The files in view, and what the table may ask for beside what they can do themselves. */
export interface FileContentProps {
  readonly view: FilesView;
  /** Opens the choice of how the table looks; must keep its identity. */
  readonly onOptions: () => void;
}

/** Draws the table, or what there is in its place. */
export function FileContent({ view, onOptions }: FileContentProps) {
  const { answer, error } = view.pageView;
  if (answer !== undefined) return <PageContent view={view} answer={answer} onOptions={onOptions} />;
  if (error === null) return <LoadingPanel label={texts.files.states.loading} />;
  return <FailedPanel error={toAppError(error)} onRetry={view.actions.refresh} />;
}

function PageContent({ view, answer, onOptions }: FileContentProps & { readonly answer: AnsweredPage }) {
  const { status, total } = answer.page;
  const { refresh } = view.actions;
  const gridActions = useGridActions(view, onOptions);
  const isLoading = isBeforeFirstFiles(status);
  if (status.knownFiles === 0 && status.phase === 'failed' && status.error !== null) {
    return <FailedPanel error={status.error} onRetry={refresh} />;
  }
  // A folder that is gone is left at once: until then the table keeps its place, and with it the focus.
  const hasGrid = isLoading || total > 0 || isGoneFolder(answer);
  return (
    <>
      <FileBanners status={status} onRefresh={refresh} />
      {hasGrid ? (
        <FileGrid
          answer={answer}
          isLoading={isLoading}
          arriveAt={view.pageView.arriveAt}
          selection={view.selection}
          look={view.look}
          lookChanges={view.lookChanges}
          actions={gridActions}
        />
      ) : isUnfiltered(answer.query.filter) ? (
        status.unreadableRows > 0 ? (
          <UnreadablePanel count={status.unreadableRows} onRefresh={refresh} />
        ) : (
          <EmptyPanel />
        )
      ) : (
        <NoResultsPanel
          filter={answer.query.filter}
          folder={answer.query.folder}
          status={status}
          onClear={() => view.pageView.setFilter(NO_FILTER)}
        />
      )}
      {isLoading ? null : <InteractiveMark />}
    </>
  );
}

function useGridActions({ actions, pageView }: FilesView, showOptions: () => void): FileGridActions {
  const { open, deleteFrom, drag } = actions;
  const { sortBy, leaveFolder } = pageView;
  return useMemo(
    () => ({ open, deleteFrom, drag, sortBy, leaveFolder, showOptions }),
    [open, deleteFrom, drag, sortBy, leaveFolder, showOptions],
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
