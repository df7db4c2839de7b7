import { Copy } from 'lucide-react';
import type { LocalCopy } from '#app/files/file-details.ts';
import { formatInstant } from '../texts/format.ts';
import { texts } from '../texts/texts.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { toVisibleName } from '../ui/split-name.ts';
import { Fact } from './details-fact.tsx';
import { copySha256, showLocalCopy } from './local-copy.ts';

/** Draws where on this computer the content of a file came from or went to. */
export function DetailsOfLocal({ id, local }: { readonly id: string; readonly local: LocalCopy }) {
  const words = texts.details.local;
  const { origin, name, at, sha256, isUnchanged } = local;
  return (
    <>
      <dl className="details-facts selectable">
        <Fact name={words.label}>
          <p className="details-local-name">{toVisibleName(name)}</p>
          <p>
            {words.origin[origin](formatInstant(at))} {isUnchanged ? words.unchanged : words.changed}
          </p>
        </Fact>
        {sha256 === null ? null : (
          <Fact name={words.sha256}>
            <span className="details-sha256">
              <code className="details-code">{sha256}</code>
              <IconButton label={words.copySha256} hintEdge="end" onPress={() => void copySha256(id)}>
                <Copy size={14} />
              </IconButton>
            </span>
          </Fact>
        )}
      </dl>
      <div className="details-local-actions">
        <Button onPress={() => void showLocalCopy(id)}>{words.show}</Button>
      </div>
    </>
  );
}
