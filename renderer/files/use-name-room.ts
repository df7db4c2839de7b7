import { type RefObject, useLayoutEffect, useState } from 'react';
import type { NameRoom } from '../ui/file-name.tsx';
import { observeWidth } from '../ui/observe-width.ts';
import { fontOf } from '../ui/text-width.ts';

/** What a name's cell holds beside the name: its padding, the icon and the gap after it, in pixels; see file-grid.css. */
const BESIDE_NAME = 8 + 16 + 8 + 8;

/** Tells how much room each name in a column has, by the column's header: measured once for all rows. */
export function useNameRoom(
  grid: RefObject<HTMLElement | null>,
  nameCell: RefObject<HTMLElement | null>,
): NameRoom | null {
  const [room, setRoom] = useState<NameRoom | null>(null);
  useLayoutEffect(() => {
    if (grid.current === null || nameCell.current === null) return;
    const font = fontOf(grid.current);
    return observeWidth(nameCell.current, (cellWidth) => {
      const width = cellWidth - BESIDE_NAME;
      setRoom((old) => (old?.width === width && old.font === font ? old : { width, font }));
    });
  }, [grid, nameCell]);
  return room;
}
