import { X } from 'lucide-react';
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
}

/** Draws what is selected, on whatever page, and the way to the other pages. */
export function StatusBar({ pageView, selection }: StatusBarProps) {
  const { page, query } = pageView;
  const { count, sizeBytes } = selection.summary;
  if (page === undefined || (page.total === 0 && count === 0)) return null;
  return (
    <div className="files-status">
      {count === 0 ? null : (
        <div className="files-selection">
          <span>{texts.files.selection.summary(count, formatSize(sizeBytes))}</span>
          <CopyMenu target={SELECTED} look="icon" />
          <IconButton label={texts.files.selection.clear} hintEdge="start" onPress={selection.clear}>
            <X size={14} />
          </IconButton>
        </div>
      )}
      {page.total === 0 ? null : (
        <Pager
          offset={page.offset}
          limit={query.limit}
          total={page.total}
          isGrowing={page.status.phase === 'reading'}
          onOffset={pageView.setOffset}
          onLimit={pageView.setLimit}
        />
      )}
    </div>
  );
}
