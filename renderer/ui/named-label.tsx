/** Never part of a name. */
const PLACE = '\u0000';

/**
 * Draws the words of a button among many of its kind: the name of what it acts on is there for assistive technology, and
 * not drawn, as everybody else sees it beside the button.
 */
export function NamedLabel(props: { readonly name: string; readonly text: (name: string) => string }) {
  const [before = '', after = ''] = props.text(PLACE).split(PLACE);
  return (
    <span>
      {before}
      <span className="visually-hidden">{props.name}</span>
      {after}
    </span>
  );
}
