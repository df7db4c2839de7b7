import { X } from 'lucide-react';
import type { FileFilter } from '#app/files/file-query.ts';
import { texts } from '../../texts/texts.ts';
import { announce } from '../../ui/announcer.tsx';
import { Button } from '../../ui/button.tsx';
import { FocusHome } from '../../ui/focus-home.tsx';
import { clearFilter, toActiveFilters } from './describe-filter.ts';
import './filter-chips.css';

/** What narrows the files in view, the search excepted. */
export interface FilterChipsProps {
  readonly filter: FileFilter;
  readonly onFilter: (filter: FileFilter) => void;
}

/** Draws each active filter with the way to take it out; nothing where there is none. */
export function FilterChips({ filter, onFilter }: FilterChipsProps) {
  const words = texts.filters;
  const active = toActiveFilters(filter, Date.now());
  const change = (next: FileFilter, news: string) => {
    onFilter(next);
    announce(news);
  };
  return (
    <FocusHome className="filter-chips-place">
      {active.length === 0 ? null : (
        <ul className="filter-chips" aria-label={words.chips}>
          {active.map(({ id, label, without }) => (
            <li key={id}>
              <Button
                className="filter-chip"
                label={words.remove(label)}
                onPress={() => change(without, words.removed(label))}
              >
                {label}
                <X size={12} aria-hidden="true" />
              </Button>
            </li>
          ))}
          <li>
            <Button
              look="quiet"
              className="filter-chips-clear"
              onPress={() => change(clearFilter(filter), words.allCleared)}
            >
              {words.clearAll}
            </Button>
          </li>
        </ul>
      )}
    </FocusHome>
  );
}
