import { useMemo, useRef, useState } from 'react';
import { readChoice, rememberChoice } from '../../ui/remembered.ts';
import { type Columns, type DateStyle, DEFAULT_COLUMNS, formatColumns, parseColumns } from './columns.ts';

/** How close the rows stand. */
export type Density = 'comfortable' | 'compact';

/** Heights of a row, in pixels. */
export const ROW_HEIGHTS: Readonly<Record<Density, number>> = { comfortable: 32, compact: 24 };

/** How a person wants the table to look. */
export interface TableLook {
  readonly columns: Columns;
  readonly density: Density;
  readonly dates: DateStyle;
}

/** The ways to change the look; each is remembered, and keeps its identity. */
export interface TableLookChanges {
  /** Gives the columns as they are then. */
  readonly changeColumns: (change: (columns: Columns) => Columns) => Columns;
  readonly setDensity: (density: Density) => void;
  readonly setDates: (dates: DateStyle) => void;
  /** Back to the columns and widths of the beginning. */
  readonly resetColumns: () => void;
}

/** Keeps how the table looks, as it was left the last time. */
export function useTableLook(): readonly [TableLook, TableLookChanges] {
  const [look, setLook] = useState(readLook);
  const latest = useRef(look);
  const changes = useMemo((): TableLookChanges => {
    const change = (next: Partial<TableLook>) => {
      latest.current = { ...latest.current, ...next };
      setLook(latest.current);
    };
    const changeColumns = (toNext: (columns: Columns) => Columns) => {
      const columns = toNext(latest.current.columns);
      rememberChoice('columns', formatColumns(columns));
      change({ columns });
      return columns;
    };
    return {
      changeColumns,
      setDensity: (density) => {
        rememberChoice('density', density);
        change({ density });
      },
      setDates: (dates) => {
        rememberChoice('dates', dates);
        change({ dates });
      },
      resetColumns: () => void changeColumns(() => DEFAULT_COLUMNS),
    };
  }, []);
  return [look, changes];
}

function readLook(): TableLook {
  return {
    columns: parseColumns(readChoice('columns')),
    density: readChoice('density') === 'compact' ? 'compact' : 'comfortable',
    dates: readChoice('dates') === 'exact' ? 'exact' : 'relative',
  };
}
