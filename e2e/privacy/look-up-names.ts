/**
 * What a hostile script in a page does to tell the owner of a domain something by looking its names up: it links to
 * them in every way, in the page and in the empty document of a frame. It is run in a page, so it refers to nothing
 * outside.
 */
export function lookUpNames(prefix: string): void {
  const add = (target: Document, tag: string, attributes: Readonly<Record<string, string>>) => {
    const element = target.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    target.head.append(element);
  };
  const attack = (target: Document, place: string) => {
    const toUrl = (kind: string) => `https://${prefix}-${place}-${kind}.test/`;
    for (const rel of ['dns-prefetch', 'preconnect', 'prefetch', 'preload', 'icon', 'stylesheet', 'manifest'])
      add(target, 'link', { rel, href: toUrl(rel), as: 'fetch' });
    add(target, 'meta', { 'http-equiv': 'x-dns-prefetch-control', content: 'on' });
    add(target, 'a', { href: toUrl('anchor') });
  };
  const frame = document.createElement('iframe');
  document.body.append(frame);
  if (!frame.contentDocument) throw new Error('There is no frame');
  attack(frame.contentDocument, 'frame');
  attack(document, 'page');
}

/** Names that `lookUpNames` makes known where nothing is against it. */
export function toLookedUpNames(prefix: string): readonly string[] {
  return ['page', 'frame'].map((place) => `${prefix}-${place}-dns-prefetch.test`);
}
