import { type ReactNode, useId, useState } from 'react';
import type { DeletionDraft } from '#app/files/deletion.ts';
import { MAX_DELETED_WITHOUT_COUNT } from '#app/limits.ts';
import { formatCount, formatDuration, formatMoment, formatSize, parseCount } from '../texts/format.ts';
import { texts } from '../texts/texts.ts';
import { AlertDialog } from '../ui/alert-dialog.tsx';
import { toShortFileName, toShortName } from '../ui/short-name.ts';
import './delete-dialog.css';

/** The files in question and where they are. */
export interface DeleteDialogProps {
  readonly draft: DeletionDraft;
  /** The folder that all of them are in, when that is what was chosen; else null. */
  readonly folder: string | null;
  readonly location: string;
  readonly onCancel: () => void;
  readonly onConfirm: () => void;
}

/**
 * Asks before a deletion: what goes, from where, how much it is, and that it cannot be undone in the end. Where it is
 * more than a person sees at once their number has to be typed.
 */
export function DeleteDialog({ draft, folder, location, onCancel, onConfirm }: DeleteDialogProps) {
  const words = texts.deletion;
  const { count, firstFiles } = draft;
  const [typed, setTyped] = useState('');
  const [first] = firstFiles;
  const isOne = count === 1 && first !== undefined;
  const mustType = count > MAX_DELETED_WITHOUT_COUNT;
  return (
    <AlertDialog
      title={isOne ? words.titleOne(toShortFileName(first.name)) : words.titleMany(count)}
      cancel={words.cancel}
      confirm={words.confirm}
      isConfirmDisabled={mustType && parseCount(typed) !== count}
      onCancel={onCancel}
      onConfirm={onConfirm}
      // Beside the description, which is read out as one text.
      field={mustType ? <CountField count={count} typed={typed} onTyped={setTyped} /> : null}
    >
      <p>
        <Where draft={draft} folder={folder} location={location} />
      </p>
      {isOne ? null : <Names draft={draft} />}
      <UnfinishedDownloads draft={draft} />
      {draft.leftOutCount === 0 ? null : <p>{words.leftOut(draft.leftOutCount)}</p>}
      <p>{words.warning(count, formatDuration(draft.undoMs))}</p>
    </AlertDialog>
  );
}

function Where(props: Pick<DeleteDialogProps, 'draft' | 'folder' | 'location'>): ReactNode {
  const { draft, folder, location } = props;
  const words = texts.deletion;
  const size = formatSize(draft.sizeBytes);
  if (folder !== null) return words.fromFolder(draft.count, toShortName(folder), location, size);
  const [first] = draft.firstFiles;
  if (draft.count !== 1 || first === undefined) return words.from(location, size);
  // Several files may have one name, as each edit by a model makes another.
  const { createdAt } = first;
  return createdAt === null
    ? words.fromOne(location, size)
    : words.fromOneCreated(location, size, formatMoment(createdAt));
}

/** What is deleted before it has arrived is lost: the question is the last place to say so. */
function UnfinishedDownloads({ draft }: { readonly draft: DeletionDraft }) {
  const { count, unfinishedDownloadCount } = draft;
  const { unfinishedDownload, unfinishedDownloads } = texts.deletion;
  if (unfinishedDownloadCount === 0) return null;
  return (
    <p className="delete-unfinished">
      {count === 1 ? unfinishedDownload : unfinishedDownloads(unfinishedDownloadCount)}
    </p>
  );
}

function Names({ draft }: { readonly draft: DeletionDraft }) {
  const { firstFiles, count } = draft;
  const hiddenCount = count - firstFiles.length;
  const isRepeated = (name: string) => firstFiles.filter((file) => file.name === name).length > 1;
  return (
    <ul className="delete-names" aria-label={texts.deletion.namesLabel}>
      {firstFiles.map((file) => (
        <li key={file.id} className="delete-name">
          <bdi>{toShortFileName(file.name)}</bdi>
          <span>{formatSize(file.sizeBytes)}</span>
          {file.createdAt !== null && isRepeated(file.name) ? (
            <span>{formatMoment(file.createdAt)}</span>
          ) : null}
        </li>
      ))}
      {hiddenCount === 0 ? null : <li>{texts.deletion.more(hiddenCount)}</li>}
    </ul>
  );
}

function CountField(props: {
  readonly count: number;
  readonly typed: string;
  readonly onTyped: (typed: string) => void;
}) {
  const id = useId();
  return (
    <div className="delete-count">
      <label htmlFor={id}>{texts.deletion.typeCount(formatCount(props.count))}</label>
      <input
        id={id}
        type="text"
        inputMode="numeric"
        className="delete-count-input"
        autoComplete="off"
        spellCheck={false}
        value={props.typed}
        onChange={(event) => props.onTyped(event.target.value)}
      />
    </div>
  );
}
