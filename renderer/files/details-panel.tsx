import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useEffect } from 'react';
import type { RemoteFile } from '#app/files/remote-file.ts';
import type { FileSummary } from '#app/files/selection.ts';
import { toAppError } from '../bridge.ts';
import { inLocation } from '../location-in-view.ts';
import { texts } from '../texts/texts.ts';
import { IconButton } from '../ui/button.tsx';
import { toShortFileName } from '../ui/short-name.ts';
import { DetailsOfMany } from './details-of-many.tsx';
import { DetailsOfOne } from './details-of-one.tsx';
import { detailsOptions } from './file-queries.ts';
import './details-panel.css';

/** What the details are about. */
export interface DetailsPanelProps {
  /** The selected files. */
  readonly summary: FileSummary;
  /** The folder that all of them are, by its path; null when they are none. */
  readonly folder: string | null;
  /** A file that turned out to be gone while its details were open; null when there is none. */
  readonly goneFile: RemoteFile | null;
  readonly onGone: (file: RemoteFile) => void;
  readonly onSave: () => void;
  readonly onDelete: () => void;
  readonly onClose: () => void;
}

/** Draws the details of the selection beside the table. */
export function DetailsPanel(props: DetailsPanelProps) {
  const words = texts.details;
  return (
    <aside className="details" aria-label={words.label}>
      <div className="details-head">
        <h2 className="details-title">{words.label}</h2>
        <IconButton label={words.close} hintEdge="end" onPress={props.onClose}>
          <X size={16} />
        </IconButton>
      </div>
      <DetailsContent {...props} />
    </aside>
  );
}

function DetailsContent(props: DetailsPanelProps) {
  const { summary, folder, goneFile, onGone, onSave, onDelete } = props;
  const words = texts.details;
  const [file] = summary.firstFiles;
  if (summary.count > 1 || (summary.count === 1 && folder !== null))
    return <DetailsOfMany summary={summary} folder={folder} onSave={onSave} onDelete={onDelete} />;
  if (file !== undefined && summary.count === 1)
    return <FreshDetails key={file.id} file={file} onGone={onGone} onSave={onSave} onDelete={onDelete} />;
  if (goneFile === null) return <p className="details-none">{words.none}</p>;
  return (
    <div className="details-none" role="alert">
      <p className="details-gone">{words.deletedElsewhere}</p>
      <p>{words.deletedElsewhereDetail(toShortFileName(goneFile.name))}</p>
    </div>
  );
}

type FreshDetailsProps = Pick<DetailsPanelProps, 'onGone' | 'onSave' | 'onDelete'> & {
  readonly file: RemoteFile;
};

/** Shows at once what the table knows, and reads the file afresh meanwhile. */
function FreshDetails({ file, onGone, onSave, onDelete }: FreshDetailsProps) {
  const { data, error } = useQuery(detailsOptions(inLocation(), file.id));
  const failure = error === null ? null : toAppError(error);
  // What this app deletes itself is no news when it is gone.
  const isGone = failure?.code === 'notFound' && data?.isDeleting !== true;
  useEffect(() => {
    if (isGone) onGone(file);
  }, [isGone, file, onGone]);
  const details = data ?? {
    file,
    readError: isGone ? null : failure,
    isDeleting: false,
    deletionError: null,
    local: null,
  };
  return <DetailsOfOne details={details} onSave={onSave} onDelete={onDelete} />;
}
