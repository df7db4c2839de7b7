import { Eye, EyeOff } from 'lucide-react';
import { type RefObject, useId, useState } from 'react';
import { texts } from '../texts/texts.ts';
import { IconButton } from '../ui/button.tsx';

/** The field for the key. */
export interface KeyFieldProps {
  readonly value: string;
  readonly field: RefObject<HTMLInputElement | null>;
  readonly isInvalid: boolean;
  readonly onChange: (value: string) => void;
}

/**
 * Draws the field for the key, masked by style: a password field has no role that assistive technology could find it
 * by, and a password manager has no business here.
 */
export function KeyField({ value, field, isInvalid, onChange }: KeyFieldProps) {
  const [isShown, setIsShown] = useState(false);
  const id = useId();
  const words = texts.connect;
  return (
    <div className="connect-field">
      <label htmlFor={id} className="connect-label">
        {words.key}
      </label>
      <div className="connect-key">
        <input
          ref={field}
          id={id}
          type="text"
          className={isShown ? 'connect-input' : 'connect-input connect-input-masked'}
          value={value}
          autoComplete="off"
          autoCapitalize="off"
          autoCorrect="off"
          spellCheck={false}
          // The window holds one thing to do, and this is where it begins.
          // biome-ignore lint/a11y/noAutofocus: see above.
          autoFocus
          aria-invalid={isInvalid}
          aria-describedby={`${id}-detail`}
          onChange={(event) => onChange(event.target.value)}
        />
        <IconButton
          label={isShown ? words.hideKey : words.showKey}
          hintEdge="end"
          className="connect-key-toggle"
          onPress={() => setIsShown(!isShown)}
        >
          {isShown ? <EyeOff size={16} /> : <Eye size={16} />}
        </IconButton>
      </div>
      <p
        id={`${id}-detail`}
        className={isInvalid ? 'connect-detail connect-invalid' : 'connect-detail selectable'}
      >
        {isInvalid ? words.keyMissing : words.whereToGetOne(words.keysAddress)}
      </p>
    </div>
  );
}
