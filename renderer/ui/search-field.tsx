import { Search, X } from 'lucide-react';
import type { RefObject } from 'react';
import { SearchField as AriaSearchField, Input } from 'react-aria-components/SearchField';
import { MAX_FILE_NAME_LENGTH } from '#app/limits.ts';
import { IconButton } from './button.tsx';
import './search-field.css';

/** A field to search with. */
export interface SearchFieldProps {
  readonly label: string;
  readonly placeholder: string;
  readonly clearLabel: string;
  readonly value: string;
  readonly field: RefObject<HTMLInputElement | null>;
  readonly className: string;
  readonly onChange: (value: string) => void;
  /** Enter or the arrow down: on to what was found. */
  readonly onLeave: () => void;
}

/** Draws the search field; Escape empties it. */
export function SearchField(props: SearchFieldProps) {
  const { value, onChange, onLeave } = props;
  return (
    <AriaSearchField
      className={`search-field ${props.className}`}
      aria-label={props.label}
      value={value}
      maxLength={MAX_FILE_NAME_LENGTH}
      onChange={onChange}
      onSubmit={onLeave}
      onKeyDown={(event) => {
        if (event.key === 'ArrowDown') onLeave();
      }}
    >
      <Search size={14} className="search-field-icon" aria-hidden="true" />
      <Input
        ref={props.field}
        className="search-field-input"
        placeholder={props.placeholder}
        spellCheck={false}
        autoComplete="off"
      />
      {value === '' ? null : (
        <IconButton label={props.clearLabel} hintEdge="end" className="search-field-clear">
          <X size={14} />
        </IconButton>
      )}
    </AriaSearchField>
  );
}
