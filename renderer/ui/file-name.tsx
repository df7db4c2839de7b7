import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { fitName, type ShownName, toWholeName } from './fit-name.ts';
import { observeWidth } from './observe-width.ts';
import { splitName, toVisibleName } from './split-name.ts';
import { measureText } from './text-width.ts';
import './file-name.css';

/** Pixels by which a drawn text may be wider than a measured one, as the folder and the file are drawn apart. */
const SLACK = 1;

/**
 * Draws a file's name on one line, shortened to the room there is. CSS can shorten at the end of a box only, which would
 * take the extension away or leave a gap before it.
 */
export function FileName({ name }: { readonly name: string }) {
  const visible = toVisibleName(name);
  const parts = useMemo(() => splitName(visible), [visible]);
  const field = useRef<HTMLElement>(null);
  const [short, setShort] = useState<ShownName | null>(null);
  const whole = toWholeName(parts);

  useLayoutEffect(() => {
    const element = field.current;
    if (element === null) return;
    const all = toWholeName(parts);
    return observeWidth(element, (width) => {
      const next = fitName(parts, width - SLACK, (text) => measureText(text, element));
      setShort((old) => (isSame(next, all) ? null : old !== null && isSame(next, old) ? old : next));
    });
  }, [parts]);

  return (
    <bdi ref={field} className="file-name" title={visible}>
      {short === null ? null : <NameText shown={short} className="file-name-short" />}
      <NameText shown={whole} className={short === null ? 'file-name-text' : 'file-name-whole'} />
    </bdi>
  );
}

function isSame(one: ShownName, other: ShownName): boolean {
  return one.folder === other.folder && one.file === other.file;
}

function NameText({ shown, className }: { readonly shown: ShownName; readonly className: string }) {
  return (
    <span className={className}>
      {shown.folder === '' ? null : <span className="file-name-folder">{shown.folder}</span>}
      {shown.file}
    </span>
  );
}
