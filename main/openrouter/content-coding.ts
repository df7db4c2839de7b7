import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

/** How a body can come compressed, in whatever way it was asked for (RFC 9110, section 8.4.1). */
const DECODERS: ReadonlyMap<string, () => Transform> = new Map([
  ['gzip', () => createGunzip()],
  ['x-gzip', () => createGunzip()],
  ['br', () => createBrotliDecompress()],
  ['deflate', () => createInflate()],
]);
/** Nobody compresses in good faith what was compressed more often. */
const MAX_CODINGS = 2;

/** What requests say they take: a page of the listing is a tenth of its size then. */
export const ACCEPT_ENCODING = 'gzip, br';

/** Whether the bytes of a body are others than what they stand for, by its head. */
export function isCoded(headers: ReadonlyMap<string, string>): boolean {
  return toCodings(headers).length > 0;
}

/** Whether this app can read the body that comes with a head. */
export function isDecodable(headers: ReadonlyMap<string, string>): boolean {
  return toDecoders(headers) !== null;
}

/**
 * Gives what a body stands for, without holding more than a few pieces of it. One that is not {@link isDecodable} comes as
 * it is. Fails when the body does, and with the codes of zlib.
 */
export function decode(body: Readable, headers: ReadonlyMap<string, string>): Readable {
  const [first, second] = toDecoders(headers) ?? [];
  // Whoever reads what comes out hears of every failure.
  if (first && second) return pipeline(body, first(), second(), () => undefined);
  return first ? pipeline(body, first(), () => undefined) : body;
}

/** Gives what undoes the codings, in that order; null when one of them is unknown. */
function toDecoders(headers: ReadonlyMap<string, string>): readonly (() => Transform)[] | null {
  const codings = toCodings(headers);
  const decoders = codings.flatMap((coding) => DECODERS.get(coding) ?? []).reverse();
  return decoders.length === codings.length && codings.length <= MAX_CODINGS ? decoders : null;
}

/** Gives the codings in the order in which they were applied. */
function toCodings(headers: ReadonlyMap<string, string>): readonly string[] {
  const names = (headers.get('content-encoding') ?? '').split(',').map((name) => name.trim().toLowerCase());
  return names.filter((name) => name !== '' && name !== 'identity');
}
