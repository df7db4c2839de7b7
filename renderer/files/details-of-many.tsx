import { Files, Folder } from 'lucide-react';
import type { FileSummary, KindCount } from '#app/files/selection.ts';
import { formatSize } from '../texts/format.ts';
import { texts } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { toVisibleName } from '../ui/split-name.ts';
import { copyFiles } from './copy-files.ts';
import { CopyMenu } from './copy-menu.tsx';
import { describeSize } from './describe-size.ts';
import { Fact } from './details-fact.tsx';
import { KindIcon } from './kind-icon.tsx';

/** Several selected files. */
export interface DetailsOfManyProps {
  readonly summary: FileSummary;
  /** The folder that all of them are, by its path; null when they are none. */
  readonly folder: string | null;
  readonly onSave: () => void;
  readonly onDelete: () => void;
}

const SELECTED = { kind: 'selection' } as const;

/** Draws what several files amount to. */
export function DetailsOfMany({ summary, folder, onSave, onDelete }: DetailsOfManyProps) {
  const words = texts.details;
  const { count, sizeBytes, saveableCount, kinds } = summary;
  return (
    <>
      <Subject count={count} folder={folder} />
      <div className="details-actions">
        <Button onPress={() => void copyFiles(SELECTED, 'ids')}>{words.copy.copyIds}</Button>
        <CopyMenu target={SELECTED} look="plain" />
        <Button onPress={onSave}>{words.save}</Button>
        <Button onPress={onDelete}>{words.delete}</Button>
      </div>
      <dl className="details-facts selectable">
        <Fact name={words.totalSize}>{describeSize(sizeBytes)}</Fact>
        <Fact name={words.saveable}>{words.saveableCount(saveableCount, count)}</Fact>
        <Fact name={words.kinds}>
          <ul className="details-kinds">
            {kinds.map((kind) => (
              <KindLine key={kind.kind} kind={kind} total={count} />
            ))}
          </ul>
        </Fact>
      </dl>
    </>
  );
}

function Subject({ count, folder }: Pick<DetailsOfManyProps, 'folder'> & { readonly count: number }) {
  const words = texts.details;
  const Icon = folder === null ? Files : Folder;
  return (
    <div className="details-subject">
      <Icon size={36} strokeWidth={1.5} className="details-many-icon" aria-hidden="true" />
      <h3 className="details-name selectable">
        {folder === null ? words.many(count) : toVisibleName(folder)}
      </h3>
      {folder === null ? null : <p>{words.inFolder(count)}</p>}
    </div>
  );
}

/** The bar shows the share of files; the words beside it say the same. */
function KindLine({ kind, total }: { readonly kind: KindCount; readonly total: number }) {
  return (
    <li className="details-kind">
      <KindIcon kind={kind.kind} />
      <span>{texts.files.kinds[kind.kind]}</span>
      <span className="details-kind-count">
        {texts.details.kindCount(kind.count, formatSize(kind.sizeBytes))}
      </span>
      <span className="details-kind-bar">
        <span className={`kind-fill-${kind.kind}`} style={{ width: `${(kind.count / total) * 100}%` }} />
      </span>
    </li>
  );
}
