import { type FocusEvent, type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import { texts } from '../../texts/texts.ts';
import { announce } from '../../ui/announcer.tsx';
import { type ColumnId, moveColumn, resizeColumn, toColumnWidth, toShownColumns } from './columns.ts';
import type { TableLook, TableLookChanges } from './use-table-look.ts';

/** A control of the header: the checkbox of the page, or the button of a column. */
type HeaderControl = 'select' | ColumnId;

/** How much one key press changes a width, in pixels. */
const WIDTH_STEP = 16;

const CONTROLS: readonly HeaderControl[] = ['select', 'name', 'kind', 'size', 'created', 'saveable'];

/** Gives the keyboard of the header: one control is in the tab order, the arrow keys lead to the others. */
export function useHeaderKeys(look: TableLook, changes: TableLookChanges) {
  const [last, setLast] = useState<HeaderControl>('select');
  const shown = toShownColumns(look.columns);
  const active = last === 'select' || shown.includes(last) ? last : 'select';
  const held = useHeldControl();

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const control = readControl(event.target);
    if (control === null || event.altKey) return;
    const side = event.key === 'ArrowLeft' ? 'left' : event.key === 'ArrowRight' ? 'right' : null;
    const isCommand = event.ctrlKey || event.metaKey;
    if (side !== null && control !== 'select' && isCommand) {
      held.hold(event.currentTarget, control);
      announceMove(control, toShownColumns(changes.changeColumns((old) => moveColumn(old, control, side))));
    } else if (side !== null && control !== 'select' && event.shiftKey) {
      changeWidth(control, side === 'left' ? -WIDTH_STEP : WIDTH_STEP, look, changes);
    } else if (!moveInHeader(event, side)) {
      return;
    }
    event.preventDefault();
  };
  const onFocus = (event: FocusEvent) => {
    const control = readControl(event.target);
    if (control !== null) setLast(control);
  };
  return { active, onKeyDown, onFocus };
}

/** Gives a control its focus back after the columns were put into another order, which takes it from what is moved. */
function useHeldControl() {
  const held = useRef<{ readonly header: HTMLElement; readonly control: HeaderControl } | null>(null);
  useLayoutEffect(() => {
    if (held.current === null) return;
    const { header, control } = held.current;
    held.current = null;
    header.querySelector<HTMLElement>(`[data-header-control="${control}"]`)?.focus();
  });
  return {
    hold: (header: HTMLElement, control: HeaderControl) => {
      held.current = { header, control };
    },
  };
}

function announceMove(column: ColumnId, shown: readonly ColumnId[]): void {
  const words = texts.files.grid;
  announce(words.columnPlace(words.columns[column], shown.indexOf(column) + 1, shown.length));
}

function changeWidth(id: ColumnId, step: number, { dates }: TableLook, changes: TableLookChanges): void {
  const columns = changes.changeColumns((old) => {
    const column = old.find((candidate) => candidate.id === id);
    const width = column === undefined ? null : toColumnWidth(column, dates);
    return width === null ? old : resizeColumn(old, id, width + step);
  });
  const column = columns.find((candidate) => candidate.id === id);
  const width = column === undefined ? null : toColumnWidth(column, dates);
  const words = texts.files.grid;
  if (width !== null) announce(words.columnWidth(words.columns[id], width));
}

/** Moves the focus to another control of the header, or down to the rows; false when the key does neither. */
function moveInHeader(event: KeyboardEvent<HTMLElement>, side: 'left' | 'right' | null): boolean {
  if (event.shiftKey || event.ctrlKey || event.metaKey) return false;
  if (event.key === 'ArrowDown') {
    const grid = event.currentTarget.closest('[role="grid"]');
    grid?.querySelector<HTMLElement>('[data-row-key][tabindex="0"]')?.focus();
    return true;
  }
  const controls = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-header-control]')];
  const index = controls.findIndex((control) => control.contains(document.activeElement));
  const target =
    side !== null
      ? index + (side === 'left' ? -1 : 1)
      : event.key === 'Home'
        ? 0
        : event.key === 'End'
          ? controls.length - 1
          : null;
  if (target === null) return false;
  controls[target]?.focus();
  return true;
}

function readControl(target: EventTarget): HeaderControl | null {
  const name = target instanceof Element ? target.getAttribute('data-header-control') : null;
  return CONTROLS.find((control) => control === name) ?? null;
}
