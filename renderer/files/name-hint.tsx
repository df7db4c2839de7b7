import { type RefObject, useLayoutEffect, useRef } from 'react';
import type { TableRow } from '#app/files/file-query.ts';
import type { NameRoom } from '../ui/file-name.tsx';
import { toShownFolderName, toShownName } from '../ui/shown-name.ts';
import { toVisibleName } from '../ui/split-name.ts';
import { measureTextIn } from '../ui/text-width.ts';
import { toFolderName, toNameInFolder } from './folders/folder-path.ts';

/** The active row, and where it is. */
export interface NameHintProps {
  readonly row: TableRow;
  /** The folder in view, whose path the name leaves out; null in the flat list. */
  readonly folder: string | null;
  readonly room: NameRoom;
  /** Where the row stands among the rows, in pixels. */
  readonly top: number;
  readonly rowHeight: number;
  readonly scroller: RefObject<HTMLElement | null>;
}

/**
 * Draws the whole name of the row that the keyboard is on beside that row, where the column has no room for it. In the row
 * it would lie over the other columns and be cut at the table's edge. Screen readers have the name from the row.
 */
export function NameHint({ row, folder, room, top, rowHeight, scroller }: NameHintProps) {
  const hint = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const [grid, element] = [scroller.current, hint.current];
    if (grid === null || element === null) return;
    // Above the row where there is more room: below the last row in view it would not be seen.
    const isBelow = top - grid.scrollTop < grid.clientHeight / 2;
    element.style.top = isBelow ? `${top + rowHeight}px` : 'auto';
    element.style.bottom = isBelow ? 'auto' : `calc(100% - ${top}px)`;
  });
  const name = toName(row, folder);
  const hasNote = row.kind === 'file' && (row.isDeleting || row.deletionError !== null);
  if (measureTextIn(room.font, name) < (hasNote ? room.width / 2 : room.width)) return null;
  return (
    <bdi ref={hint} className="file-name-hint" aria-hidden="true">
      {name}
    </bdi>
  );
}

function toName(row: TableRow, folder: string | null): string {
  const name =
    row.kind === 'file'
      ? toShownName(toNameInFolder(row.file.name, folder))
      : toShownFolderName(toFolderName(row.path));
  return toVisibleName(name);
}
