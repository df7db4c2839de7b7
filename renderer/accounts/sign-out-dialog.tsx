import type { Location } from '#app/accounts/session.ts';
import { isFinished } from '#app/transfers/transfer-states.ts';
import { texts } from '../texts/texts.ts';
import { useTransfers } from '../transfers/use-transfers.ts';
import { AlertDialog } from '../ui/alert-dialog.tsx';
import { signOut } from './account-commands.ts';

/** Asks before the key is removed: it may be written down nowhere else. */
export function SignOutDialog(props: { readonly location: Location; readonly onClose: () => void }) {
  const { location, onClose } = props;
  const unfinished = useTransfers().transfers.filter((transfer) => !isFinished(transfer.state)).length;
  const words = texts.accounts;
  return (
    <AlertDialog
      title={words.signOutTitle(location.label)}
      cancel={words.cancel}
      confirm={words.signOut}
      onCancel={onClose}
      onConfirm={() => {
        onClose();
        void signOut();
      }}
    >
      <p>{words.signOutDetail[location.keyStorage]}</p>
      {unfinished === 0 ? null : <p>{words.signOutTransfers(unfinished)}</p>}
    </AlertDialog>
  );
}
