import type { ReactNode } from 'react';
import type { FileKind } from '#app/files/file-kind.ts';
import type { RemoteFile } from '#app/files/remote-file.ts';
import type { ErrorDescription } from '../texts/describe-error.ts';
import { formatBytes, formatInstant, formatSize } from '../texts/format.ts';
import { texts } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { toVisibleName } from '../ui/split-name.ts';
import { copyIds } from './copy-ids.ts';
import { KindIcon } from './kind-icon.tsx';

/** One file, and what went wrong when it was read afresh. */
export interface DetailsOfOneProps {
  readonly file: RemoteFile;
  readonly kind: FileKind;
  readonly problem: ErrorDescription | null;
  readonly onSave: () => void;
  readonly onDelete: () => void;
}

/** Draws everything that is known about a file. */
export function DetailsOfOne({ file, kind, problem, onSave, onDelete }: DetailsOfOneProps) {
  const words = texts.files.details;
  const isExact = file.sizeBytes < 1024;
  return (
    <>
      <div className="details-subject">
        <KindIcon kind={kind} size={36} />
        <h3 className="details-name selectable">{toVisibleName(file.name)}</h3>
      </div>
      {problem === null ? null : (
        <div className="details-problem selectable" role="alert">
          <strong>{problem.title}</strong>
          <p>{problem.meaning}</p>
          <p>{problem.action}</p>
          {problem.quote === null ? null : <p>{problem.quote}</p>}
        </div>
      )}
      <dl className="details-facts selectable">
        <Fact name={words.kind}>{texts.files.kinds[kind]}</Fact>
        <Fact name={words.mimeType}>{file.mimeType}</Fact>
        <Fact name={words.size}>
          {isExact
            ? formatBytes(file.sizeBytes)
            : words.sizeWithBytes(formatSize(file.sizeBytes), formatBytes(file.sizeBytes))}
        </Fact>
        <Fact name={words.created}>{formatInstant(file.createdAt)}</Fact>
        <Fact name={words.saveable}>{file.isSaveable ? words.isSaveable : words.isNotSaveable}</Fact>
        <Fact name={words.id}>
          <code className="details-id">{file.id}</code>
        </Fact>
      </dl>
      <div className="details-actions">
        <Button onPress={() => void copyIds([file.id])}>{words.copyId}</Button>
        <Button onPress={onSave}>{words.save}</Button>
        <Button onPress={onDelete}>{words.delete}</Button>
      </div>
    </>
  );
}

/** Draws one named fact of a list of details. */
export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="details-fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
