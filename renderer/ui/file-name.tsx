import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { fitName, toWholeName } from './fit-name.ts';
import { observeWidth } from './observe-width.ts';
import { splitName, toVisibleName } from './split-name.ts';
import { fontOf, measureTextIn } from './text-width.ts';
import './file-name.css';

/** Pixels by which a drawn text may be wider than a measured one, as the folder and the file are drawn apart. */
const SLACK = 1;

/** Room for a name on one line. */
export interface NameRoom {
  /** In pixels. */
  readonly width: number;
  /** As CSS writes it. */
  readonly font: string;
}

/**
 * Draws a file's name on one line, shortened to the room there is. CSS can shorten at the end of a box only, which would
 * take the extension away or leave a gap before it.
 */
export function FileName({ name }: { readonly name: string }) {
  const field = useRef<HTMLElement>(null);
  const [room, setRoom] = useState<NameRoom | null>(null);
  useLayoutEffect(() => {
    const element = field.current;
    if (element === null) return;
    return observeWidth(element, (width) => setRoom({ width, font: fontOf(element) }));
  }, []);
  return (
    <bdi ref={field} className="file-name" title={toVisibleName(name)}>
      <NameInRoom name={name} room={room} />
    </bdi>
  );
}

/** Draws a name in a room that the caller knows: of many names in a column none has to be measured on its own. */
export function FittedFileName({ name, room }: { readonly name: string; readonly room: NameRoom | null }) {
  return (
    <bdi className="file-name" title={toVisibleName(name)}>
      <NameInRoom name={name} room={room} />
    </bdi>
  );
}

function NameInRoom({ name, room }: { readonly name: string; readonly room: NameRoom | null }) {
  const parts = useMemo(() => splitName(toVisibleName(name)), [name]);
  const whole = toWholeName(parts);
  const short = useMemo(
    () =>
      room === null ? null : fitName(parts, room.width - SLACK, (text) => measureTextIn(room.font, text)),
    [parts, room],
  );
  const { folder, file } = short ?? whole;
  return (
    <span className="file-name-text">
      {folder === '' ? null : <span className="file-name-folder">{folder}</span>}
      {file}
    </span>
  );
}
