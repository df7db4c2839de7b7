import { useId, useState } from 'react';
import { texts } from '../../texts/texts.ts';
import {
  type DatePreset,
  type DateRange,
  PRESET_DAYS,
  parseDateRange,
  type TypedDays,
  toDatePreset,
  toDateRange,
  toTypedDays,
} from './date-filter.ts';
import { PresetChoices } from './preset-choices.tsx';

/** The dates that are let through. */
export interface DateChoicesProps {
  readonly range: DateRange;
  readonly onRange: (range: DateRange) => void;
}

/** Draws the presets of dates, and fields for any others. */
export function DateChoices({ range, onRange }: DateChoicesProps) {
  const words = texts.filters.created;
  return (
    <PresetChoices<DatePreset>
      legend={words.label}
      presets={[
        { value: 'any', label: words.any },
        { value: 'today', label: words.today },
        { value: 'week', label: words.lastDays(PRESET_DAYS.week) },
        { value: 'month', label: words.lastDays(PRESET_DAYS.month) },
      ]}
      customLabel={words.custom}
      preset={toDatePreset(range, Date.now())}
      onPreset={(preset) => onRange(toDateRange(preset, Date.now()))}
    >
      <DateFields range={range} onRange={onRange} />
    </PresetChoices>
  );
}

function DateFields({ range, onRange }: DateChoicesProps) {
  const words = texts.filters.created;
  const [days, setDays] = useState(() => toTypedDays(range));
  const errorId = useId();
  const isCrossed = parseDateRange(days) === null;
  const change = (next: TypedDays) => {
    setDays(next);
    const nextRange = parseDateRange(next);
    if (nextRange !== null) onRange(nextRange);
  };
  const error = isCrossed ? errorId : null;
  return (
    <div className="filter-fields">
      <DateField
        label={words.from}
        day={days.from}
        errorId={error}
        onDay={(from) => change({ ...days, from })}
      />
      <DateField label={words.to} day={days.to} errorId={error} onDay={(to) => change({ ...days, to })} />
      <p id={errorId} className="filter-error" role="status">
        {isCrossed ? words.crossed : null}
      </p>
    </div>
  );
}

function DateField(props: {
  readonly label: string;
  readonly day: string;
  readonly errorId: string | null;
  readonly onDay: (day: string) => void;
}) {
  const id = useId();
  return (
    <div className="filter-field">
      <label htmlFor={id}>{props.label}</label>
      <input
        id={id}
        type="date"
        className="filter-input filter-date"
        value={props.day}
        aria-invalid={props.errorId !== null}
        {...(props.errorId === null ? {} : { 'aria-describedby': props.errorId })}
        onChange={(event) => props.onDay(event.target.value)}
      />
    </div>
  );
}
