import { useQuery } from '@tanstack/react-query';
import type { Location } from '#app/accounts/session.ts';
import type { Deletion } from '#app/files/deletion.ts';
import { isFinished } from '#app/transfers/transfer-states.ts';
import { deletionsOptions } from '../files/file-queries.ts';
import { texts } from '../texts/texts.ts';
import { useTransfers } from '../transfers/use-transfers.ts';
import { AlertDialog } from '../ui/alert-dialog.tsx';
import { signOut } from './account-commands.ts';

/** Asks before the key is removed: it may be written down nowhere else. */
export function SignOutDialog(props: { readonly location: Location; readonly onClose: () => void }) {
  const { location, onClose } = props;
  const unfinished = useTransfers().transfers.filter((transfer) => !isFinished(transfer.state)).length;
  const { data: deletions = [] } = useQuery(deletionsOptions);
  const waiting = countLeft(deletions, 'waiting');
  const underWay = countLeft(deletions, 'deleting');
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
      {waiting === 0 ? null : <p>{words.signOutDeletions(waiting)}</p>}
      {underWay === 0 ? null : <p>{words.signOutUnderWay(underWay)}</p>}
    </AlertDialog>
  );
}

/** Counts the files of deletions in a phase that have neither gone nor failed: signing out ends their deletion. */
function countLeft(deletions: readonly Deletion[], wanted: Deletion['phase']): number {
  return deletions
    .filter(({ phase }) => phase === wanted)
    .reduce((sum, { count, deletedCount, failedCount }) => sum + count - deletedCount - failedCount, 0);
}
