import { KeyRound } from 'lucide-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { DEFAULT_ENDPOINT } from '#app/accounts/endpoint.ts';
import { toPastedAddress, toPastedKey } from '#app/accounts/pasted-text.ts';
import type { ConnectInput, KeychainStatus } from '#app/contract/connect-contract.ts';
import type { AppError } from '#app/errors.ts';
import { MAX_ENDPOINT_LENGTH, MAX_KEY_LENGTH } from '#app/limits.ts';
import { fail, type Result } from '#app/result.ts';
import { texts } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Advanced } from './advanced.tsx';
import { ConnectError } from './connect-error.tsx';
import { KeyField } from './key-field.tsx';
import { RememberField } from './remember-field.tsx';
import './connect-form.css';

/** What has become of the key that was typed. */
type Attempt =
  | { readonly phase: 'idle' }
  | { readonly phase: 'checking' }
  | { readonly phase: 'keyMissing' }
  | { readonly phase: 'failed'; readonly error: AppError };

/** Draws the form that takes the key; main closes the window when the key is accepted. */
export function ConnectForm() {
  const [key, setKey] = useState('');
  const [endpoint, setEndpoint] = useState(DEFAULT_ENDPOINT);
  const [wantsRemembered, setWantsRemembered] = useState(true);
  const [attempt, setAttempt] = useState<Attempt>({ phase: 'idle' });
  const keychain = useKeychain();
  const keyInput = useRef<HTMLInputElement>(null);
  const noteBegun = useNoteBegun();
  const isChecking = attempt.phase === 'checking';
  const isRemembered = wantsRemembered && keychain?.isAvailable !== false;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isChecking) return;
    if (key.trim() === '') {
      setAttempt({ phase: 'keyMissing' });
      keyInput.current?.focus();
      return;
    }
    setAttempt({ phase: 'checking' });
    const result = await connectWith({ key, endpoint, isRemembered });
    if (result.ok) setKey('');
    else if (isKeychainProblem(result.error)) setWantsRemembered(false);
    setAttempt(result.ok ? { phase: 'idle' } : { phase: 'failed', error: result.error });
    if (!result.ok && result.error.code !== 'invalidEndpoint') keyInput.current?.focus();
  };

  return (
    <form className="connect-form" onInput={noteBegun} onSubmit={(event) => void submit(event)} noValidate>
      <header className="connect-head">
        <div className="connect-mark">
          <KeyRound size={22} strokeWidth={1.75} aria-hidden="true" />
        </div>
        <div>
          <h1 className="connect-title">{texts.connect.title}</h1>
          <p className="connect-introduction">{texts.connect.introduction}</p>
        </div>
      </header>
      <KeyField value={key} field={keyInput} isInvalid={attempt.phase === 'keyMissing'} onChange={setKey} />
      <RememberField keychain={keychain} isRemembered={isRemembered} onChange={setWantsRemembered} />
      <Advanced endpoint={endpoint} onChange={setEndpoint} hasProblem={isEndpointProblem(attempt)} />
      <div className="connect-foot">
        {attempt.phase === 'failed' ? <ConnectError error={attempt.error} /> : null}
        <Button look="primary" type="submit" className="connect-button">
          {isChecking ? texts.connect.connecting : texts.connect.connect}
        </Button>
      </div>
    </form>
  );
}

/** Main decides; what is longer than the bridge takes is refused here, in words of its own. */
async function connectWith(typed: ConnectInput): Promise<Result<null>> {
  const key = toPastedKey(typed.key);
  const endpoint = toPastedAddress(typed.endpoint);
  if (endpoint.length > MAX_ENDPOINT_LENGTH) return fail({ code: 'invalidEndpoint', problem: 'tooLong' });
  if (key.length > MAX_KEY_LENGTH) return fail({ code: 'invalidKey', problem: 'tooLong' });
  return window.connect.connect({ ...typed, key, endpoint });
}

/** Pressed again, Connect then uses the key until the app quits. */
function isKeychainProblem({ code }: AppError): boolean {
  return code === 'keychainUnavailable' || code === 'keychainSilent';
}

function isEndpointProblem(attempt: Attempt): boolean {
  return attempt.phase === 'failed' && attempt.error.code === 'invalidEndpoint';
}

/** Tells main of the first input. */
function useNoteBegun(): () => void {
  const hasBegun = useRef(false);
  return () => {
    if (hasBegun.current) return;
    hasBegun.current = true;
    void window.connect.noteBegun();
  };
}

/** Asks once whether a key can be remembered here; undefined until main has answered. */
function useKeychain(): KeychainStatus | undefined {
  const [keychain, setKeychain] = useState<KeychainStatus>();
  useEffect(() => {
    void window.connect.getKeychain().then((result) => {
      if (result.ok) setKeychain(result.value);
    });
  }, []);
  return keychain;
}
