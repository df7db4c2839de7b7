import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Location } from '#app/accounts/session.ts';
import type { AppError } from '#app/errors.ts';
import type { Deletion } from '#app/files/deletion.ts';
import { isFinished } from '#app/transfers/transfer-states.ts';
import { deletionsOptions } from '../files/file-queries.ts';
import { describeError } from '../texts/describe-error.ts';
import { texts } from '../texts/texts.ts';
import { useTransfers } from '../transfers/use-transfers.ts';
import { AlertDialog } from '../ui/alert-dialog.tsx';
import { signOut } from './account-commands.ts';

/** Asks before the key is removed: it may be written down nowhere else. `location` is null while none could be opened. */
export function SignOutDialog(props: { readonly location: Location | null; readonly onClose: () => void }) {
  const { location, onClose } = props;
  const [problem, setProblem] = useState<AppError | null>(null);
  const locationId = location?.id ?? null;
  if (problem !== null) return <LeaveKeyDialog locationId={locationId} error={problem} onClose={onClose} />;
  if (location === null) return <AskUnopenedDialog onClose={onClose} onProblem={setProblem} />;
  return <AskDialog location={location} onClose={onClose} onProblem={setProblem} />;
}

interface AskProps {
  readonly onClose: () => void;
  /** Told why the keychain did not let the key be removed. */
  readonly onProblem: (error: AppError) => void;
}

/** Signs out, and knows whether that is under way. */
function useSignOut(locationId: string | null, { onClose, onProblem }: AskProps) {
  const [isSigningOut, setIsSigningOut] = useState(false);
  const confirm = async () => {
    setIsSigningOut(true);
    const problem = await signOut(locationId, false);
    if (problem === null) onClose();
    else onProblem(problem);
  };
  return { isSigningOut, confirm };
}

/** Asks about an account whose key could not be read: what it has under way is not known then. */
function AskUnopenedDialog(props: AskProps) {
  const { isSigningOut, confirm } = useSignOut(null, props);
  const words = texts.accounts;
  return (
    <AlertDialog
      title={words.signOutUnopenedTitle}
      cancel={words.cancel}
      confirm={words.signOut}
      onCancel={props.onClose}
      isConfirmDisabled={isSigningOut}
      onConfirm={() => void confirm()}
    >
      <p>{words.signOutUnopenedDetail}</p>
      <p>{words.signOutUnopenedKeychain}</p>
      <p>{words.signOutUnopenedWork}</p>
    </AlertDialog>
  );
}

function AskDialog({ location, ...props }: AskProps & { readonly location: Location }) {
  const unfinished = useTransfers().transfers.filter((transfer) => !isFinished(transfer.state)).length;
  const { data: deletions = [] } = useQuery(deletionsOptions({ locationId: location.id }));
  const waiting = countLeft(deletions, 'waiting');
  const underWay = countLeft(deletions, 'deleting');
  const { isSigningOut, confirm } = useSignOut(location.id, props);
  const words = texts.accounts;
  return (
    <AlertDialog
      title={words.signOutTitle(location.label)}
      cancel={words.cancel}
      confirm={words.signOut}
      onCancel={props.onClose}
      isConfirmDisabled={isSigningOut}
      onConfirm={() => void confirm()}
    >
      <p>{words.signOutDetail[location.keyStorage]}</p>
      {unfinished === 0 ? null : <p>{words.signOutTransfers(unfinished)}</p>}
      {waiting === 0 ? null : <p>{words.signOutDeletions(waiting)}</p>}
      {underWay === 0 ? null : <p>{words.signOutUnderWay(underWay)}</p>}
    </AlertDialog>
  );
}

/** Asks what to do with a key that the keychain does not let go: without a way on nobody could sign out. */
function LeaveKeyDialog(props: {
  readonly locationId: string | null;
  readonly error: AppError;
  readonly onClose: () => void;
}) {
  const { locationId, error, onClose } = props;
  const words = texts.accounts;
  const { title, quote } = describeError(error, 'account');
  return (
    <AlertDialog
      title={words.leaveKeyTitle}
      cancel={words.cancel}
      confirm={words.leaveKey}
      onCancel={onClose}
      onConfirm={() => {
        onClose();
        void signOut(locationId, true);
      }}
    >
      <p>{words.leaveKeyCause(title)}</p>
      {quote === null ? null : <p>{quote}</p>}
      <p>{words.leaveKeyDetail}</p>
    </AlertDialog>
  );
}

/** Counts the files of deletions in a phase that have neither gone nor failed: signing out ends their deletion. */
function countLeft(deletions: readonly Deletion[], wanted: Deletion['phase']): number {
  return deletions
    .filter(({ phase }) => phase === wanted)
    .reduce((sum, { count, deletedCount, failedCount }) => sum + count - deletedCount - failedCount, 0);
}
