import { ListFilter } from 'lucide-react';
import { useRef, useState } from 'react';
import type { FileFilter } from '#app/files/file-query.ts';
import { formatCount } from '../../texts/format.ts';
import { texts } from '../../texts/texts.ts';
import { Button } from '../../ui/button.tsx';
import { toActiveFilters } from './describe-filter.ts';
import type { FilterPopover } from './filter-popover.tsx';
import './filter-menu.css';

/** What narrows the files in view, and what is left of them. */
export interface FilterMenuProps {
  readonly filter: FileFilter;
  readonly onFilter: (filter: FileFilter) => void;
  /** Files that match; null while that is not known. */
  readonly matchCount: number | null;
  /** Whether more may still be found. */
  readonly isReading: boolean;
}

/** Draws the button with how many filters are active; what is needed to change them is fetched when it may be pressed. */
export function FilterMenu({ filter, onFilter, matchCount, isReading }: FilterMenuProps) {
  const [isOpen, setIsOpen] = useState(false);
  const [Popover, setPopover] = useState<typeof FilterPopover | null>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const words = texts.filters;
  const { length } = toActiveFilters(filter, Date.now());
  const load = () => {
    if (Popover === null)
      void import('./filter-popover.tsx').then((module) => setPopover(() => module.FilterPopover));
  };
  const sayFound = isReading ? words.matchingSoFar : words.matching;
  return (
    <>
      <Button
        ref={trigger}
        look="quiet"
        popup="dialog"
        className="filter-button"
        isExpanded={isOpen}
        label={length === 0 ? words.button : words.buttonWith(length)}
        onIntent={load}
        onPress={() => setIsOpen(true)}
      >
        <ListFilter size={16} aria-hidden="true" />
        <span className="filter-button-word">{words.button}</span>
        {length === 0 ? null : (
          // Drawn by its style: as text it would be a part of the button's label that its name has to begin with.
          <span className="filter-count" data-count={formatCount(length)} />
        )}
      </Button>
      {isOpen && Popover !== null ? (
        <Popover
          filter={filter}
          found={matchCount === null ? null : sayFound(matchCount)}
          trigger={trigger}
          onFilter={onFilter}
          onClose={() => setIsOpen(false)}
        />
      ) : null}
    </>
  );
}
