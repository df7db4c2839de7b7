import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useEffect } from 'react';
import { toFileKind } from '#app/files/file-kind.ts';
import type { RemoteFile } from '#app/files/remote-file.ts';
import { toAppError } from '../bridge.ts';
import { describeError } from '../texts/describe-error.ts';
import { texts } from '../texts/texts.ts';
import { IconButton } from '../ui/button.tsx';
import { DetailsOfMany } from './details-of-many.tsx';
import { DetailsOfOne } from './details-of-one.tsx';
import { fileOptions } from './file-queries.ts';
import './details-panel.css';

/** What the details are about. */
export interface DetailsPanelProps {
  readonly files: readonly RemoteFile[];
  /** A file that turned out to be gone while its details were open; null when there is none. */
  readonly goneFile: RemoteFile | null;
  readonly onGone: (file: RemoteFile) => void;
  readonly onSave: (files: readonly RemoteFile[]) => void;
  readonly onDelete: (files: readonly RemoteFile[]) => void;
  readonly onClose: () => void;
}

/** Draws the details of the selection beside the table. */
export function DetailsPanel(props: DetailsPanelProps) {
  const words = texts.files.details;
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

function DetailsContent({ files, goneFile, onGone, onSave, onDelete }: DetailsPanelProps) {
  const words = texts.files.details;
  const [file] = files;
  if (file !== undefined && files.length === 1) {
    return <FreshDetails key={file.id} file={file} onGone={onGone} onSave={onSave} onDelete={onDelete} />;
  }
  if (files.length > 1) return <DetailsOfMany files={files} onSave={onSave} onDelete={onDelete} />;
  if (goneFile === null) return <p className="details-none">{words.none}</p>;
  return (
    <div className="details-none" role="alert">
      <p className="details-gone">{words.deletedElsewhere}</p>
      <p>{words.deletedElsewhereDetail(goneFile.name)}</p>
    </div>
  );
}

type FreshDetailsProps = Pick<DetailsPanelProps, 'onGone' | 'onSave' | 'onDelete'> & {
  readonly file: RemoteFile;
};

/** Shows at once what the table knows, and reads the file afresh meanwhile. */
function FreshDetails({ file, onGone, onSave, onDelete }: FreshDetailsProps) {
  const { data = file, error } = useQuery(fileOptions(file.id));
  const appError = error === null ? null : toAppError(error);
  const isGone = appError?.code === 'notFound';
  useEffect(() => {
    if (isGone) onGone(file);
  }, [isGone, file, onGone]);
  const description = appError === null || isGone ? null : describeError(appError, 'details');
  return (
    <DetailsOfOne
      file={data}
      kind={toFileKind(data.mimeType)}
      problem={description}
      onSave={() => onSave([data])}
      onDelete={() => onDelete([data])}
    />
  );
}
