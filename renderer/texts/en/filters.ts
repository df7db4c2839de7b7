import { plural } from '../format.ts';

/** The words of what narrows the files in view. */
export const filtersTexts = {
  button: 'Filter',
  /** The button's accessible name: its count alone would be a riddle. */
  buttonWith: (count: number) =>
    plural(count, { one: 'Filter, # filter active', other: 'Filter, # filters active' }),
  chips: 'Active filters',
  remove: (label: string) => `Remove filter ${label}`,
  removed: (label: string) => `Filter ${label} removed`,
  clearAll: 'Clear all',
  allCleared: 'All filters cleared',
  done: 'Done',
  matching: (count: number) => plural(count, { one: '# file matches', other: '# files match' }),
  matchingSoFar: (count: number) =>
    plural(count, { one: '# file matches so far…', other: '# files match so far…' }),
  kinds: 'Kind',
  saveable: {
    label: 'Saveable',
    any: 'Any',
    yes: 'Can be saved',
    no: 'Cannot be saved',
  },
  size: {
    label: 'Size',
    any: 'Any size',
    small: (bound: string) => `Smaller than ${bound}`,
    medium: (from: string, to: string) => `${from} to ${to}`,
    large: (bound: string) => `Larger than ${bound}`,
    custom: 'Other sizes…',
    min: 'At least',
    max: 'At most',
    minUnit: 'Unit of the smallest size',
    maxUnit: 'Unit of the largest size',
    atLeast: (size: string) => `At least ${size}`,
    atMost: (size: string) => `At most ${size}`,
    exactly: (size: string) => `Exactly ${size}`,
    crossed: 'Minimum is larger than maximum.',
  },
  created: {
    label: 'Created',
    any: 'Any time',
    today: 'Today',
    lastDays: (days: number) => plural(days, { one: 'Last day', other: 'Last # days' }),
    custom: 'Other dates…',
    from: 'From',
    to: 'To',
    since: (day: string) => `Since ${day}`,
    until: (day: string) => `Until ${day}`,
    crossed: 'The first day is after the last.',
  },
};
