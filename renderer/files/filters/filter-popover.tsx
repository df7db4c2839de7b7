import { type RefObject, useEffect, useRef, useState } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import type { FileFilter } from '#app/files/file-query.ts';
import { texts } from '../../texts/texts.ts';
import { Button } from '../../ui/button.tsx';
import { type Choice, ChoiceGroup } from './choice-group.tsx';
import { DateChoices } from './date-choices.tsx';
import { clearFilter } from './describe-filter.ts';
import { KindChoices } from './kind-choices.tsx';
import { SizeChoices } from './size-choices.tsx';
import './filter-popover.css';

/** What narrows the files in view, and how many are left. */
export interface FilterPopoverProps {
  readonly filter: FileFilter;
  /** How many files are left, in words; null while that is not known. */
  readonly found: string | null;
  readonly trigger: RefObject<HTMLButtonElement | null>;
  readonly onFilter: (filter: FileFilter) => void;
  readonly onClose: () => void;
}

/** Draws everything that files can be narrowed by; each choice shows in the table at once. */
export function FilterPopover({ filter, found, trigger, onFilter, onClose }: FilterPopoverProps) {
  const words = texts.filters;
  const [clearings, setClearings] = useState(0);
  return (
    <Popover
      className="filter-popover"
      triggerRef={trigger}
      placement="bottom start"
      offset={4}
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
    >
      <Dialog className="filter-dialog" aria-label={words.button}>
        {/* Fields for other sizes and dates must not keep what was typed before all was cleared. */}
        <Choices key={clearings} filter={filter} onFilter={onFilter} />
        <div className="filter-foot">
          <span className="filter-found">{found}</span>
          <Button
            look="quiet"
            onPress={() => {
              setClearings(clearings + 1);
              onFilter(clearFilter(filter));
            }}
          >
            {words.clearAll}
          </Button>
          <Button onPress={onClose}>{words.done}</Button>
        </div>
      </Dialog>
    </Popover>
  );
}

type ChoicesProps = Pick<FilterPopoverProps, 'filter' | 'onFilter'>;

function Choices({ filter, onFilter }: ChoicesProps) {
  const columns = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Before the dialog takes the focus itself, from where it would be one more key to the first choice.
    const hasFocus = columns.current?.closest('[role="dialog"]')?.contains(document.activeElement) ?? false;
    if (!hasFocus) columns.current?.querySelector('input')?.focus();
  }, []);
  return (
    <div ref={columns} className="filter-columns">
      <div className="filter-column">
        <KindChoices kinds={filter.kinds} onKinds={(kinds) => onFilter({ ...filter, kinds })} />
        <SaveableChoices filter={filter} onFilter={onFilter} />
      </div>
      <div className="filter-column">
        <DateChoices range={filter} onRange={(range) => onFilter({ ...filter, ...range })} />
        <SizeChoices range={filter} onRange={(range) => onFilter({ ...filter, ...range })} />
      </div>
    </div>
  );
}

function SaveableChoices({ filter, onFilter }: ChoicesProps) {
  const words = texts.filters.saveable;
  const choices: readonly Choice<'any' | 'yes' | 'no'>[] = [
    { value: 'any', label: words.any },
    { value: 'yes', label: words.yes },
    { value: 'no', label: words.no },
  ];
  const value = filter.isSaveable === null ? 'any' : filter.isSaveable ? 'yes' : 'no';
  return (
    <ChoiceGroup
      legend={words.label}
      choices={choices}
      value={value}
      onChange={(next) => onFilter({ ...filter, isSaveable: next === 'any' ? null : next === 'yes' })}
    />
  );
}
