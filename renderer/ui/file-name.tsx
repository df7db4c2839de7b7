import { splitName, toVisibleName } from './split-name.ts';
import './file-name.css';

/** Draws a file's name on one line; when there is no room, the folder gives way first, but for its beginning, then the middle of the name. */
export function FileName({ name }: { readonly name: string }) {
  const { root, folder, head, tail } = splitName(toVisibleName(name));
  return (
    <bdi className="file-name" title={toVisibleName(name)}>
      {root === '' ? null : <span className="file-name-root">{root}</span>}
      {folder === '' ? null : <span className="file-name-folder">{folder}</span>}
      {head === '' ? null : <span className="file-name-head">{head}</span>}
      <span className="file-name-tail">{tail}</span>
    </bdi>
  );
}
