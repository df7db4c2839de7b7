import { useId } from 'react';

/** One line of a group. */
export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

/** A group of choices of which one holds. */
export interface ChoiceGroupProps<Value extends string> {
  readonly legend: string;
  readonly choices: readonly Choice<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

/** Draws radio buttons; they are the browser's own, with its keys. */
export function ChoiceGroup<Value extends string>(props: ChoiceGroupProps<Value>) {
  const name = useId();
  return (
    <fieldset className="filter-group">
      <legend className="filter-legend">{props.legend}</legend>
      {props.choices.map(({ value, label }) => (
        <label key={value} className="filter-choice">
          <input
            type="radio"
            className="checkbox"
            name={name}
            value={value}
            checked={props.value === value}
            onChange={() => props.onChange(value)}
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
