import { ChevronDown, ChevronFirst, ChevronLast, ChevronLeft, ChevronRight } from 'lucide-react';
import { useId } from 'react';
import { formatCount } from '../texts/format.ts';
import { texts } from '../texts/texts.ts';
import { IconButton } from '../ui/button.tsx';
import { FocusHome } from '../ui/focus-home.tsx';
import { ROWS_PER_PAGE, toPageRange } from './page-range.ts';
import './pager.css';

/** Where the page in view stands, and how to reach others. */
export interface PagerProps {
  readonly offset: number;
  /** The limit that is asked for. */
  readonly limit: number;
  /** The limit that the page in view was asked for with. */
  readonly shownLimit: number;
  readonly total: number;
  /** Whether more files may still be found. */
  readonly isGrowing: boolean;
  readonly onOffset: (offset: number) => void;
  readonly onLimit: (limit: number) => void;
}

/** Draws the pages: how long they are, which one is in view, and the way to the others. */
export function Pager(props: PagerProps) {
  const { offset, limit, shownLimit, total, isGrowing, onOffset } = props;
  const words = texts.files.pages;
  const range = toPageRange(offset, limit, total);
  const shown = toPageRange(offset, shownLimit, total);
  return (
    <nav className="pager" aria-label={words.label}>
      <RowsPerPage limit={limit} onLimit={props.onLimit} />
      <span className="pager-range">
        {total === 0 ? null : words.range(shown.from, shown.to, total, isGrowing)}
      </span>
      {/* On the last page the button that led there can no longer be pressed. */}
      <FocusHome className="pager-buttons">
        <IconButton label={words.first} isDisabled={!range.hasPrevious} onPress={() => onOffset(0)}>
          <ChevronFirst size={16} />
        </IconButton>
        <IconButton
          label={words.previous}
          isDisabled={!range.hasPrevious}
          onPress={() => onOffset(range.previousOffset)}
        >
          <ChevronLeft size={16} />
        </IconButton>
        <IconButton label={words.next} isDisabled={!range.hasNext} onPress={() => onOffset(range.nextOffset)}>
          <ChevronRight size={16} />
        </IconButton>
        <IconButton
          label={words.last}
          hintEdge="end"
          isDisabled={!range.hasNext}
          onPress={() => onOffset(range.lastOffset)}
        >
          <ChevronLast size={16} />
        </IconButton>
      </FocusHome>
    </nav>
  );
}

/** The system's own list box: it opens at once, over the window's edge, and everybody knows it. */
function RowsPerPage({ limit, onLimit }: Pick<PagerProps, 'limit' | 'onLimit'>) {
  const id = useId();
  return (
    <div className="pager-rows">
      <label htmlFor={id}>{texts.files.pages.rowsPerPage}</label>
      <div className="pager-choice">
        <select
          id={id}
          className="pager-select"
          value={limit}
          onChange={(event) => onLimit(Number(event.target.value))}
        >
          {ROWS_PER_PAGE.map((rows) => (
            <option key={rows} value={rows}>
              {formatCount(rows)}
            </option>
          ))}
        </select>
        <ChevronDown size={12} aria-hidden="true" />
      </div>
    </div>
  );
}
