import { ArrowLeft, ArrowRight } from 'lucide-react';
import { type ReactNode, type RefObject, useId } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import { texts } from '../../texts/texts.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { FocusHome } from '../../ui/focus-home.tsx';
import { type Column, moveColumn, showColumn, toShownColumns } from './columns.ts';
import type { TableLook, TableLookChanges } from './use-table-look.ts';
import './table-options-popover.css';

/** The open choice of how the table looks. */
export interface TableOptionsPopoverProps {
  readonly look: TableLook;
  readonly changes: TableLookChanges;
  readonly trigger: RefObject<HTMLButtonElement | null>;
  readonly onClose: () => void;
}

/** Draws the choice below its button; every change is seen at once, and closing gives the focus back. */
export function TableOptionsPopover({ look, changes, trigger, onClose }: TableOptionsPopoverProps) {
  const words = texts.files.options;
  return (
    <Popover
      className="table-options"
      triggerRef={trigger}
      placement="bottom end"
      offset={4}
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
    >
      <Dialog className="table-options-dialog" aria-label={words.label}>
        {/* A column at the edge can be moved no further: its button gives the focus away. */}
        <FocusHome className="table-options-content">
          <fieldset className="table-options-group">
            <legend className="table-options-legend">{words.columns}</legend>
            <ul>
              {look.columns.map((column) => (
                <ColumnOption key={column.id} column={column} look={look} changes={changes} />
              ))}
            </ul>
            <Button look="quiet" className="table-options-reset" onPress={changes.resetColumns}>
              {words.reset}
            </Button>
          </fieldset>
          <RadioGroup legend={words.rows}>
            {(name) => (
              <>
                <Radio
                  name={name}
                  label={words.comfortable}
                  isChosen={look.density === 'comfortable'}
                  onChoose={() => changes.setDensity('comfortable')}
                />
                <Radio
                  name={name}
                  label={words.compact}
                  isChosen={look.density === 'compact'}
                  onChoose={() => changes.setDensity('compact')}
                />
              </>
            )}
          </RadioGroup>
          <RadioGroup legend={words.dates}>
            {(name) => (
              <>
                <Radio
                  name={name}
                  label={words.relative}
                  isChosen={look.dates === 'relative'}
                  onChoose={() => changes.setDates('relative')}
                />
                <Radio
                  name={name}
                  label={words.exact}
                  isChosen={look.dates === 'exact'}
                  onChoose={() => changes.setDates('exact')}
                />
              </>
            )}
          </RadioGroup>
        </FocusHome>
      </Dialog>
    </Popover>
  );
}

function ColumnOption(props: {
  readonly column: Column;
  readonly look: TableLook;
  readonly changes: TableLookChanges;
}) {
  const { column, look, changes } = props;
  const { id, isShown } = column;
  const name = texts.files.grid.columns[id];
  const words = texts.files.options;
  const shown = toShownColumns(look.columns);
  return (
    <li className="table-options-column">
      <label className="table-options-choice">
        <input
          type="checkbox"
          className="checkbox"
          checked={isShown}
          disabled={id === 'name'}
          onChange={(event) => {
            const { checked } = event.target;
            changes.changeColumns((old) => showColumn(old, id, checked));
          }}
        />
        {name}
      </label>
      <IconButton
        label={words.moveLeft(name)}
        hintEdge="end"
        isDisabled={!isShown || shown.at(0) === id}
        onPress={() => changes.changeColumns((old) => moveColumn(old, id, 'left'))}
      >
        <ArrowLeft size={14} />
      </IconButton>
      <IconButton
        label={words.moveRight(name)}
        hintEdge="end"
        isDisabled={!isShown || shown.at(-1) === id}
        onPress={() => changes.changeColumns((old) => moveColumn(old, id, 'right'))}
      >
        <ArrowRight size={14} />
      </IconButton>
    </li>
  );
}

function RadioGroup(props: { readonly legend: string; readonly children: (name: string) => ReactNode }) {
  const name = useId();
  return (
    <fieldset className="table-options-group">
      <legend className="table-options-legend">{props.legend}</legend>
      {props.children(name)}
    </fieldset>
  );
}

function Radio(props: {
  readonly name: string;
  readonly label: string;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}) {
  return (
    <label className="table-options-choice">
      <input
        type="radio"
        className="checkbox"
        name={props.name}
        checked={props.isChosen}
        onChange={props.onChoose}
      />
      {props.label}
    </label>
  );
}
