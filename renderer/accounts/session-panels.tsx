import { KeyRound, LockKeyhole } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { AppError } from '#app/errors.ts';
import { texts } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { StatePanel } from '../ui/state-panel.tsx';
import { useErrorWords } from '../ui/use-error-words.ts';
import { unlock } from './account-commands.ts';
import { ConnectButton } from './connect-button.tsx';

const SignOutDialog = lazy(async () => ({ default: (await import('./sign-out-dialog.tsx')).SignOutDialog }));

/** Stands in the place of the table while the keychain is read, which may wait for a person. */
export function UnlockingPanel() {
  return (
    <StatePanel
      icon={<KeyRound size={32} strokeWidth={1.5} aria-hidden="true" />}
      title={texts.accounts.unlockingTitle}
      detail={texts.accounts.unlockingDetail}
      announcedAs="status"
    />
  );
}

/** Stands in the place of the table when the keychain did not give the key. */
export function LockedPanel({ error }: { readonly error: AppError }) {
  const { title, action, quote } = useErrorWords(error, 'account');
  const [isAsking, setIsAsking] = useState(false);
  return (
    <>
      <StatePanel
        icon={<LockKeyhole size={32} strokeWidth={1.5} aria-hidden="true" />}
        title={title}
        detail={action}
        quote={quote}
        announcedAs="alert"
      >
        <Button look="primary" onPress={() => void unlock()}>
          {texts.accounts.retry}
        </Button>
        <ConnectButton />
        <Button onPress={() => setIsAsking(true)}>{texts.accounts.signOutMenu}</Button>
      </StatePanel>
      {isAsking ? (
        <Suspense fallback={null}>
          <SignOutDialog location={null} onClose={() => setIsAsking(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
