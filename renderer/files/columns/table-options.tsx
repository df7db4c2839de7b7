import { SlidersHorizontal } from 'lucide-react';
import { useLayoutEffect, useRef } from 'react';
import { texts } from '../../texts/texts.ts';
import { IconButton } from '../../ui/button.tsx';
import { useLoaded } from '../../ui/use-loaded.ts';
import type { TableLook, TableLookChanges } from './use-table-look.ts';

const loadPopover = async () => (await import('./table-options-popover.tsx')).TableOptionsPopover;

/** How the table looks, and whether the choice of it is open. */
export interface TableOptionsProps {
  readonly look: TableLook;
  readonly changes: TableLookChanges;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
}

/** Draws the button that opens the choice of columns, of the rows' height and of how dates are written. */
export function TableOptions({ look, changes, isOpen, onOpenChange }: TableOptionsProps) {
  const trigger = useRef<HTMLButtonElement>(null);
  const Popover = useLoaded(loadPopover, isOpen);
  // Closing gives the focus back to what had it: to the button, also when the header opened it.
  useLayoutEffect(() => {
    if (isOpen) trigger.current?.focus();
  }, [isOpen]);
  return (
    <>
      <IconButton
        ref={trigger}
        label={texts.files.options.label}
        popup="dialog"
        isExpanded={isOpen}
        hintEdge="end"
        onPress={() => onOpenChange(true)}
      >
        <SlidersHorizontal size={16} />
      </IconButton>
      {isOpen && Popover !== null ? (
        <Popover look={look} changes={changes} trigger={trigger} onClose={() => onOpenChange(false)} />
      ) : null}
    </>
  );
}
