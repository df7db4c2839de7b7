import { Files } from 'lucide-react';
import { type FileKind, toFileKind } from '#app/files/file-kind.ts';
import type { RemoteFile } from '#app/files/remote-file.ts';
import { formatBytes, formatCount, formatSize } from '../texts/format.ts';
import { texts } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { copyIds } from './copy-ids.ts';
import { Fact } from './details-of-one.tsx';
import { KindIcon } from './kind-icon.tsx';
import { summarize } from './selection.ts';

/** Several selected files. */
export interface DetailsOfManyProps {
  readonly files: readonly RemoteFile[];
  readonly onSave: (files: readonly RemoteFile[]) => void;
  readonly onDelete: (files: readonly RemoteFile[]) => void;
}

/** Draws what several files amount to. */
export function DetailsOfMany({ files, onSave, onDelete }: DetailsOfManyProps) {
  const words = texts.files.details;
  const { count, sizeBytes, saveable } = summarize(files);
  return (
    <>
      <div className="details-subject">
        <Files size={36} strokeWidth={1.5} className="details-many-icon" aria-hidden="true" />
        <h3 className="details-name">{words.many(count)}</h3>
      </div>
      <dl className="details-facts selectable">
        <Fact name={words.totalSize}>
          {words.sizeWithBytes(formatSize(sizeBytes), formatBytes(sizeBytes))}
        </Fact>
        <Fact name={words.saveable}>{words.saveableCount(saveable.length, count)}</Fact>
        <Fact name={words.kinds}>
          <ul className="details-kinds">
            {countKinds(files).map(([kind, kindCount]) => (
              <li key={kind} className="details-kind">
                <KindIcon kind={kind} />
                <span>{texts.files.kinds[kind]}</span>
                <span className="details-kind-count">{formatCount(kindCount)}</span>
              </li>
            ))}
          </ul>
        </Fact>
      </dl>
      <div className="details-actions">
        <Button onPress={() => void copyIds(files.map(({ id }) => id))}>{words.copyIds}</Button>
        <Button onPress={() => onSave(files)}>{words.save}</Button>
        <Button onPress={() => onDelete(files)}>{words.delete}</Button>
      </div>
    </>
  );
}

/** The kinds that occur, the most frequent first. */
function countKinds(files: readonly RemoteFile[]): readonly (readonly [FileKind, number])[] {
  const counts = new Map<FileKind, number>();
  for (const file of files) {
    const kind = toFileKind(file.mimeType);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a);
}
