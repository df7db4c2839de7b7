import { useId } from 'react';
import type { KeychainStatus } from '#app/contract/connect-contract.ts';
import { texts } from '../texts/texts.ts';
import { toIsolated } from '../ui/split-name.ts';
import '../ui/checkbox.css';

/** Whether the key is to be remembered, as far as this computer can. */
export interface RememberFieldProps {
  /** Undefined until it is known. */
  readonly keychain: KeychainStatus | undefined;
  readonly isRemembered: boolean;
  readonly onChange: (isRemembered: boolean) => void;
}

/** Draws the choice, and says what either side of it means. */
export function RememberField({ keychain, isRemembered, onChange }: RememberFieldProps) {
  const id = useId();
  const words = texts.connect;
  const isMissing = keychain?.isAvailable === false;
  return (
    <div className="connect-remember">
      <input
        id={id}
        type="checkbox"
        className="checkbox"
        checked={isRemembered}
        disabled={isMissing}
        aria-describedby={`${id}-detail`}
        onChange={(event) => onChange(event.target.checked)}
      />
      <label htmlFor={id}>{words.remember}</label>
      <div id={`${id}-detail`} className="connect-detail connect-remember-detail selectable">
        {isMissing ? <p>{words.noKeychain}</p> : null}
        <p>{isRemembered ? words.rememberDetail : words.forgetDetail}</p>
        {isMissing && keychain.reason !== '' ? (
          <p className="connect-reason">{texts.messages.quoteSystem(toIsolated(keychain.reason))}</p>
        ) : null}
      </div>
    </div>
  );
}
