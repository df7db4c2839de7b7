// biome-ignore-all lint/a11y/useSemanticElements: rows that stand at their own place in a scrolled list cannot be a <table>.
// biome-ignore-all lint/a11y/useFocusableInteractive: rows take the focus, one of them at a time; their cells are read.

import { useRef } from 'react';
import type { RemoteFile } from '#app/files/remote-file.ts';
import { texts } from '../texts/texts.ts';
import { useNow } from '../ui/use-now.ts';
import { FileGridHeader } from './file-grid-header.tsx';
import { FileRow, type RowClick } from './file-row.tsx';
import { type Selection, toPageMark } from './selection.ts';
import { useGridFocus } from './use-grid-focus.ts';
import { useGridKeys } from './use-grid-keys.ts';
import '../ui/checkbox.css';
import './file-grid.css';

/** How often relative dates are drawn again, in milliseconds. */
const DATES_MS = 30_000;

/** What the grid can ask for; each function must keep its identity. */
export interface FileGridActions {
  readonly clickRow: (file: RemoteFile, click: RowClick) => void;
  readonly extend: (from: RemoteFile, to: RemoteFile) => void;
  readonly togglePage: () => void;
  readonly selectPage: () => void;
  readonly clearSelection: () => void;
  readonly open: (file: RemoteFile) => void;
  readonly askToDelete: (file: RemoteFile) => void;
}

/** One page of files. */
export interface FileGridProps {
  readonly rows: readonly RemoteFile[];
  /** Position of the first row among all, from 0. */
  readonly offset: number;
  readonly total: number;
  /** What was searched for: another search begins at its first row. */
  readonly search: string;
  readonly selection: Selection;
  readonly deletingIds: ReadonlySet<string>;
  readonly actions: FileGridActions;
}

/**
 * Draws a page of files as an ARIA grid of which only the rows in view exist. One row is in the tab order; the arrow
 * keys move on from it, whether the next row exists yet or not.
 */
export function FileGrid(props: FileGridProps) {
  const { rows, offset, total, search, selection, deletingIds, actions } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const focus = useGridFocus({ rows, offset, search, scroller });
  const onKeyDown = useGridKeys({ rows, focus, actions });
  const now = useNow(DATES_MS);
  return (
    <div
      ref={scroller}
      role="grid"
      className="file-grid"
      aria-label={texts.files.grid.label}
      aria-multiselectable="true"
      aria-rowcount={total + 1}
      aria-colcount={6}
      onKeyDown={onKeyDown}
      onFocus={focus.onFocus}
      onBlur={focus.onBlur}
    >
      <FileGridHeader mark={toPageMark(selection, rows)} onToggleAll={actions.togglePage} />
      <div role="rowgroup" className="file-grid-rows" style={{ height: focus.totalHeight }}>
        {focus.items.map((item) => {
          const file = rows[item.index];
          if (file === undefined) return null;
          return (
            <FileRow
              key={file.id}
              file={file}
              rowIndex={offset + item.index + 2}
              top={item.top}
              isActive={item.index === focus.activeIndex}
              isSelected={selection.files.has(file.id)}
              isDeleting={deletingIds.has(file.id)}
              now={now}
              onClick={actions.clickRow}
              onOpen={actions.open}
            />
          );
        })}
      </div>
    </div>
  );
}
