import { X } from 'lucide-react';
import { isBeforeFirstFiles } from '#app/files/file-index-status.ts';
import { formatSize } from '../texts/format.ts';
import { texts } from '../texts/texts.ts';
import { IconButton } from '../ui/button.tsx';
import { CopyMenu } from './copy-menu.tsx';
import { Pager } from './pager.tsx';
import type { FilePageView } from './use-file-page.ts';
import type { SelectionControl } from './use-selection.ts';

const SELECTED = { kind: 'selection' } as const;

/** The page in view and the selection. */
export interface StatusBarProps {
  readonly pageView: FilePageView;
  readonly selection: SelectionControl;
  /** Asked for when the button that clears the selection has done its work and goes. */
  readonly onCleared: () => void;
}

/** Draws what is selected, on whatever page, and the way to the other pages. */
export function StatusBar({ pageView, selection, onCleared }: StatusBarProps) {
  const { page, query } = pageView;
  const { count, sizeBytes } = selection.summary;
  if (page === undefined) return null;
  // Before the first files it stands as it will with them, so that nothing moves when they come.
  const hasPages = page.total > 0 || isBeforeFirstFiles(page.status);
  if (!hasPages && count === 0) return null;
  return (
    <div className="files-status">
      {count === 0 ? null : (
        <div className="files-selection">
          <span>{texts.files.selection.summary(count, formatSize(sizeBytes))}</span>
          <CopyMenu target={SELECTED} look="icon" />
          <IconButton
            label={texts.files.selection.clear}
            hintEdge="start"
            onPress={() => {
              onCleared();
              selection.clear();
            }}
          >
            <X size={14} />
          </IconButton>
        </div>
      )}
      {hasPages ? (
        <Pager
          offset={page.offset}
          limit={query.limit}
          shownLimit={pageView.answer?.query.limit ?? query.limit}
          total={page.total}
          isGrowing={page.status.phase === 'reading'}
          onOffset={pageView.setOffset}
          onLimit={pageView.setLimit}
        />
      ) : null}
    </div>
  );
}
