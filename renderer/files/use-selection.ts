import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { RemoteFile } from '#app/files/remote-file.ts';
import { formatSize } from '../texts/format.ts';
import { texts } from '../texts/texts.ts';
import { announce } from '../ui/announcer.tsx';
import type { RowClick } from './file-row.tsx';
import {
  deselect,
  EMPTY_SELECTION,
  keepFound,
  type Selection,
  type SelectionSummary,
  selectOnly,
  selectRange,
  selectRows,
  summarize,
  toggleFile,
  toPageMark,
} from './selection.ts';

/** The selection of the window and the ways to change it; the functions keep their identity. */
export interface SelectionView {
  readonly selection: Selection;
  readonly summary: SelectionSummary;
  readonly clickRow: (file: RemoteFile, click: RowClick) => void;
  readonly extend: (from: RemoteFile, to: RemoteFile) => void;
  readonly togglePage: () => void;
  readonly selectPage: () => void;
  readonly clear: () => void;
  readonly select: (files: readonly RemoteFile[]) => void;
  readonly deselect: (ids: readonly string[]) => void;
}

/** A selection in the making, such as a range by the arrow keys, is announced when it rests for this long, in milliseconds. */
const ANNOUNCE_AFTER_MS = 400;

/**
 * Keeps the selection over all pages; `rows` are those of the page in view. What was deleted elsewhere leaves it with
 * each reading of the listing that comes to its end, which `completedAt` tells.
 */
export function useSelection(rows: readonly RemoteFile[], completedAt: number | null): SelectionView {
  const [selection, setSelection] = useState(EMPTY_SELECTION);
  const rowsRef = useRef(rows);
  useEffect(() => {
    rowsRef.current = rows;
  }, [rows]);
  useFoundOnly(selection, setSelection, completedAt);
  const summary = useMemo(() => summarize(selection.files.values()), [selection]);
  useAnnouncement(summary);

  const clickRow = useCallback((file: RemoteFile, click: RowClick) => {
    setSelection((old) => {
      if (click.isRange) return selectRange(old, rowsRef.current, file.id, file.id);
      return click.isToggle ? toggleFile(old, file) : selectOnly(file);
    });
  }, []);
  const extend = useCallback((from: RemoteFile, to: RemoteFile) => {
    setSelection((old) => selectRange(old, rowsRef.current, from.id, to.id));
  }, []);
  const togglePage = useCallback(() => {
    setSelection((old) => {
      const page = rowsRef.current;
      return toPageMark(old, page) === 'all'
        ? deselect(
            old,
            page.map(({ id }) => id),
          )
        : selectRows(old, page);
    });
  }, []);
  const selectPage = useCallback(() => setSelection((old) => selectRows(old, rowsRef.current)), []);
  const clear = useCallback(() => setSelection(EMPTY_SELECTION), []);
  const select = useCallback(
    (files: readonly RemoteFile[]) => setSelection((old) => selectRows(old, files)),
    [],
  );
  const take = useCallback((ids: readonly string[]) => setSelection((old) => deselect(old, ids)), []);
  return { selection, summary, clickRow, extend, togglePage, selectPage, clear, select, deselect: take };
}

/** Asks main after each complete reading which of the selected files there still are. */
function useFoundOnly(
  selection: Selection,
  change: (update: (old: Selection) => Selection) => void,
  completedAt: number | null,
): void {
  const latest = useRef(selection);
  latest.current = selection;
  useEffect(() => {
    const ids = [...latest.current.files.keys()];
    if (completedAt === null || ids.length === 0) return;
    let isLeft = false;
    void window.files.findFiles({ ids }).then((result) => {
      // Without an answer the selection stays; what is gone shows when something is done with it.
      if (result.ok && !isLeft) change((old) => keepFound(old, ids, result.value));
    });
    return () => {
      isLeft = true;
    };
  }, [completedAt, change]);
}

function useAnnouncement({ count, sizeBytes }: SelectionSummary): void {
  const announced = useRef(0);
  useEffect(() => {
    if (count === announced.current) return;
    const timer = setTimeout(() => {
      announced.current = count;
      const words = texts.files.selection;
      announce(count === 0 ? words.cleared : words.summary(count, formatSize(sizeBytes)));
    }, ANNOUNCE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [count, sizeBytes]);
}
