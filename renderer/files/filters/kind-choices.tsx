import { FILE_KINDS, type FileKind } from '#app/files/file-kind.ts';
import { texts } from '../../texts/texts.ts';
import { KindIcon } from '../kind-icon.tsx';

/** The kinds that are let through; none chosen means all. */
export interface KindChoicesProps {
  readonly kinds: readonly FileKind[];
  readonly onKinds: (kinds: readonly FileKind[]) => void;
}

/** Draws a checkbox for each kind of file. */
export function KindChoices({ kinds, onKinds }: KindChoicesProps) {
  const toggle = (kind: FileKind) =>
    // In the order of the kinds, so that the same choice is always the same question to main.
    onKinds(FILE_KINDS.filter((other) => kinds.includes(other) !== (other === kind)));
  return (
    <fieldset className="filter-group">
      <legend className="filter-legend">{texts.filters.kinds}</legend>
      {FILE_KINDS.map((kind) => (
        <label key={kind} className="filter-choice">
          <input
            type="checkbox"
            className="checkbox"
            checked={kinds.includes(kind)}
            onChange={() => toggle(kind)}
          />
          <KindIcon kind={kind} />
          {texts.files.kinds[kind]}
        </label>
      ))}
    </fieldset>
  );
}
