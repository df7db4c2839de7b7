// biome-ignore-all lint/a11y/useSemanticElements: rows that stand at their own place in a scrolled list cannot be a <table>.
// biome-ignore-all lint/a11y/useFocusableInteractive: rows take the focus, one of them at a time; their cells are read.

import { ChevronDown } from 'lucide-react';
import { texts } from '../texts/texts.ts';

/** The header of the grid: the names of the columns and the checkbox of the page. */
export interface FileGridHeaderProps {
  readonly mark: 'none' | 'some' | 'all';
  readonly onToggleAll: () => void;
}

/** Draws the header row. The order of the rows is fixed, newest first, and said on its column. */
export function FileGridHeader({ mark, onToggleAll }: FileGridHeaderProps) {
  const words = texts.files.grid;
  return (
    <div role="rowgroup" className="file-grid-header">
      <div role="row" aria-rowindex={1} className="file-grid-columns">
        <div role="columnheader" className="file-cell-select">
          <input
            type="checkbox"
            className="checkbox"
            aria-label={words.selectAll}
            checked={mark === 'all'}
            ref={(input) => {
              if (input !== null) input.indeterminate = mark === 'some';
            }}
            onChange={onToggleAll}
          />
        </div>
        <ColumnHeader name={words.name} />
        <ColumnHeader name={words.kind} />
        <ColumnHeader name={words.size} className="file-cell-size" />
        <ColumnHeader name={words.created} isSorted />
        <ColumnHeader name={words.saveable} />
      </div>
    </div>
  );
}

function ColumnHeader(props: {
  readonly name: string;
  readonly className?: string;
  readonly isSorted?: boolean;
}) {
  return (
    <div
      role="columnheader"
      {...(props.className === undefined ? {} : { className: props.className })}
      {...(props.isSorted === true
        ? { 'aria-sort': 'descending' as const, className: 'file-column-sorted' }
        : {})}
    >
      {props.name}
      {props.isSorted === true ? <ChevronDown size={12} aria-hidden="true" /> : null}
    </div>
  );
}
