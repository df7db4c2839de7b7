import type { RemoteFile } from '#app/files/remote-file.ts';
import { DELETE_GRACE_MS } from '#app/limits.ts';
import { formatDuration, formatSize } from '../texts/format.ts';
import { texts } from '../texts/texts.ts';
import { AlertDialog } from '../ui/alert-dialog.tsx';
import { toVisibleName } from '../ui/split-name.ts';
import { summarize } from './selection.ts';
import './delete-dialog.css';

/** Names that the question lists; the rest are counted. */
const MAX_NAMES = 6;

/** The files in question and where they are. */
export interface DeleteDialogProps {
  readonly files: readonly RemoteFile[];
  readonly location: string;
  readonly onCancel: () => void;
  readonly onConfirm: () => void;
}

/** Asks before a deletion: what goes, from where, how much it is, and that it cannot be undone in the end. */
export function DeleteDialog({ files, location, onCancel, onConfirm }: DeleteDialogProps) {
  const words = texts.deletion;
  const [first] = files;
  const size = formatSize(summarize(files).sizeBytes);
  const isOne = files.length === 1 && first !== undefined;
  return (
    <AlertDialog
      title={isOne ? words.titleOne(toVisibleName(first.name)) : words.titleMany(files.length)}
      cancel={words.cancel}
      confirm={words.confirm}
      onCancel={onCancel}
      onConfirm={onConfirm}
    >
      <p>{isOne ? words.fromOne(location, size) : words.from(location, size)}</p>
      {isOne ? null : <Names files={files} />}
      <p>{words.warning(formatDuration(DELETE_GRACE_MS))}</p>
    </AlertDialog>
  );
}

function Names({ files }: { readonly files: readonly RemoteFile[] }) {
  const named = files.slice(0, MAX_NAMES);
  const hiddenCount = files.length - named.length;
  return (
    <ul className="delete-names" aria-label={texts.deletion.namesLabel}>
      {named.map((file) => (
        <li key={file.id} className="delete-name">
          <bdi>{toVisibleName(file.name)}</bdi>
          <span>{formatSize(file.sizeBytes)}</span>
        </li>
      ))}
      {hiddenCount === 0 ? null : <li>{texts.deletion.more(hiddenCount)}</li>}
    </ul>
  );
}
