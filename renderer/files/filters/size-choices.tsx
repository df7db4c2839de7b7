import { ChevronDown } from 'lucide-react';
import { useId, useState } from 'react';
import { formatSize } from '../../texts/format.ts';
import { texts } from '../../texts/texts.ts';
import { PresetChoices } from './preset-choices.tsx';
import {
  LARGE_ABOVE_BYTES,
  parseSizeRange,
  SIZE_PRESETS,
  SIZE_UNITS,
  type SizePreset,
  type SizeRange,
  type SizeUnit,
  SMALL_BELOW_BYTES,
  type TypedSize,
  toSizePreset,
  toTypedSize,
} from './size-filter.ts';

/** The sizes that are let through. */
export interface SizeChoicesProps {
  readonly range: SizeRange;
  readonly onRange: (range: SizeRange) => void;
}

/** Draws the presets of sizes, and fields for any other. */
export function SizeChoices({ range, onRange }: SizeChoicesProps) {
  const words = texts.filters.size;
  const bounds = [formatSize(SMALL_BELOW_BYTES), formatSize(LARGE_ABOVE_BYTES)] as const;
  return (
    <PresetChoices<SizePreset>
      legend={words.label}
      presets={[
        { value: 'any', label: words.any },
        { value: 'small', label: words.small(bounds[0]) },
        { value: 'medium', label: words.medium(...bounds) },
        { value: 'large', label: words.large(bounds[1]) },
      ]}
      customLabel={words.custom}
      preset={toSizePreset(range)}
      onPreset={(preset) => onRange(SIZE_PRESETS[preset])}
    >
      <SizeFields range={range} onRange={onRange} />
    </PresetChoices>
  );
}

function SizeFields({ range, onRange }: SizeChoicesProps) {
  const words = texts.filters.size;
  const [min, setMin] = useState(() => toTypedSize(range.minSizeBytes));
  const [max, setMax] = useState(() => toTypedSize(range.maxSizeBytes));
  const errorId = useId();
  const isCrossed = parseSizeRange(min, max) === null;
  const change = (nextMin: TypedSize, nextMax: TypedSize) => {
    setMin(nextMin);
    setMax(nextMax);
    const next = parseSizeRange(nextMin, nextMax);
    // A range that is crossed while it is typed lets through what the one before did.
    if (next !== null) onRange(next);
  };
  const error = isCrossed ? errorId : null;
  return (
    <div className="filter-fields">
      <SizeField
        label={words.min}
        unitLabel={words.minUnit}
        typed={min}
        errorId={error}
        onTyped={(next) => change(next, max)}
      />
      <SizeField
        label={words.max}
        unitLabel={words.maxUnit}
        typed={max}
        errorId={error}
        onTyped={(next) => change(min, next)}
      />
      <p id={errorId} className="filter-error" role="status">
        {isCrossed ? words.crossed : null}
      </p>
    </div>
  );
}

function SizeField(props: {
  readonly label: string;
  readonly unitLabel: string;
  readonly typed: TypedSize;
  readonly errorId: string | null;
  readonly onTyped: (typed: TypedSize) => void;
}) {
  const { typed, errorId, onTyped } = props;
  const id = useId();
  return (
    <div className="filter-field">
      <label htmlFor={id}>{props.label}</label>
      <input
        id={id}
        type="number"
        className="filter-input filter-amount"
        min={0}
        step="any"
        value={typed.amount}
        aria-invalid={errorId !== null}
        {...(errorId === null ? {} : { 'aria-describedby': errorId })}
        onChange={(event) => onTyped({ ...typed, amount: event.target.value })}
      />
      <div className="filter-unit">
        <select
          className="filter-input"
          aria-label={props.unitLabel}
          value={typed.unit}
          // The options below are the units and nothing else.
          onChange={(event) => onTyped({ ...typed, unit: event.target.value as SizeUnit })}
        >
          {Object.keys(SIZE_UNITS).map((unit) => (
            <option key={unit} value={unit}>
              {unit}
            </option>
          ))}
        </select>
        <ChevronDown size={12} aria-hidden="true" />
      </div>
    </div>
  );
}
