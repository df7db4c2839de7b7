import { texts } from '../texts/texts.ts';
import { AlertDialog } from '../ui/alert-dialog.tsx';
import { toShortFileName } from '../ui/short-name.ts';

/** The upload in question. */
export interface SendAgainDialogProps {
  readonly name: string;
  readonly onCancel: () => void;
  readonly onConfirm: () => void;
}

/** Asks before an upload is sent again that may be on the server already. */
export function SendAgainDialog({ name, onCancel, onConfirm }: SendAgainDialogProps) {
  const words = texts.transfers.sendAgainDialog;
  return (
    <AlertDialog
      title={words.title(toShortFileName(name))}
      cancel={words.cancel}
      confirm={words.confirm}
      onCancel={onCancel}
      onConfirm={onConfirm}
    >
      <p>{words.risk}</p>
      <p>{words.advice}</p>
    </AlertDialog>
  );
}
