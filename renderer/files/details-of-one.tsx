import type { AppError } from '#app/errors.ts';
import type { FileDetails } from '#app/files/file-details.ts';
import { toFileKind } from '#app/files/file-kind.ts';
import type { RemoteFile } from '#app/files/remote-file.ts';
import type { Operation } from '../texts/describe-error.ts';
import { formatInstant } from '../texts/format.ts';
import { texts } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { toShownName } from '../ui/shown-name.ts';
import { toVisibleName } from '../ui/split-name.ts';
import { useErrorWords } from '../ui/use-error-words.ts';
import { copyFiles } from './copy-files.ts';
import { CopyMenu } from './copy-menu.tsx';
import { describeSize } from './describe-size.ts';
import { Fact } from './details-fact.tsx';
import { DetailsOfLocal } from './details-of-local.tsx';
import { KindIcon } from './kind-icon.tsx';
import { replaceFile } from './replace-file.ts';

/** One file, and what can be done with it. */
export interface DetailsOfOneProps {
  readonly details: FileDetails;
  readonly onSave: () => void;
  readonly onDelete: () => void;
}

/** Draws everything that is known about a file. */
export function DetailsOfOne({ details, onSave, onDelete }: DetailsOfOneProps) {
  const { file, readError, isDeleting, deletionError, local } = details;
  const words = texts.details;
  return (
    <>
      <div className="details-subject">
        <KindIcon kind={toFileKind(file.mimeType)} size={36} />
        <h3 className="details-name selectable">{toVisibleName(toShownName(file.name))}</h3>
        {isDeleting ? <p className="details-deleting">{words.isDeleting}</p> : null}
      </div>
      {deletionError === null ? null : (
        <Problem
          heading={deletionError.code === 'maybeDeleted' ? null : words.notDeleted}
          error={deletionError}
          operation="delete"
        />
      )}
      {readError === null ? null : <Problem heading={null} error={readError} operation="details" />}
      <Actions file={file} isDeleting={isDeleting} onSave={onSave} onDelete={onDelete} />
      <Facts file={file} />
      {local === null ? null : <DetailsOfLocal id={file.id} local={local} />}
    </>
  );
}

function Problem(props: {
  readonly heading: string | null;
  readonly error: AppError;
  readonly operation: Operation;
}) {
  const { heading } = props;
  const description = useErrorWords(props.error, props.operation);
  return (
    <div className="details-problem selectable" role="alert">
      {heading === null ? null : <strong>{heading}</strong>}
      {heading === null ? <strong>{description.title}</strong> : <p>{description.title}.</p>}
      <p>{description.meaning}</p>
      <p>{description.action}</p>
      {description.quote === null ? null : <p>{description.quote}</p>}
    </div>
  );
}

function Facts({ file }: { readonly file: RemoteFile }) {
  const words = texts.details;
  return (
    <dl className="details-facts selectable">
      <Fact name={words.kind}>{texts.files.kinds[toFileKind(file.mimeType)]}</Fact>
      <Fact name={words.mimeType}>{toVisibleName(file.mimeType)}</Fact>
      <Fact name={words.size}>{describeSize(file.sizeBytes)}</Fact>
      <Fact name={words.created}>
        {file.createdAt === null ? texts.files.grid.unknownDate : formatInstant(file.createdAt)}
      </Fact>
      <Fact name={words.saveable}>{file.isSaveable ? words.isSaveable : words.isNotSaveable}</Fact>
      <Fact name={words.id}>
        <code className="details-code">{file.id}</code>
      </Fact>
    </dl>
  );
}

function Actions({
  file,
  isDeleting,
  onSave,
  onDelete,
}: Omit<DetailsOfOneProps, 'details'> & Pick<FileDetails, 'file' | 'isDeleting'>) {
  const words = texts.details;
  const target = { kind: 'rows', keys: [file.id] } as const;
  return (
    <div className="details-actions">
      <Button onPress={() => void copyFiles(target, 'ids')}>{words.copy.copyId}</Button>
      <CopyMenu target={target} look="plain" />
      <Button onPress={onSave}>{words.save}</Button>
      {file.isSaveable ? null : (
        // An undone deletion would promise a file that its successor takes away all the same.
        <Button isDisabled={isDeleting} onPress={() => void replaceFile(file)}>
          {words.replace}
        </Button>
      )}
      <Button onPress={onDelete}>{words.delete}</Button>
    </div>
  );
}
