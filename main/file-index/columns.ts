/** Half as much again: doubling would leave up to half of the memory unused. */
const GROWTH = 1.5;

/** Gives a column with the same values that has room for so many, and for some more. */
export function growUint8(column: Uint8Array, needed: number): Uint8Array<ArrayBuffer> {
  const grown = new Uint8Array(toGrownLength(column.length, needed));
  grown.set(column);
  return grown;
}

/** Gives a column with the same values that has room for so many, and for some more. */
export function growUint16(column: Uint16Array, needed: number): Uint16Array<ArrayBuffer> {
  const grown = new Uint16Array(toGrownLength(column.length, needed));
  grown.set(column);
  return grown;
}

/** Gives a column with the same values that has room for so many, and for some more. */
export function growUint32(column: Uint32Array, needed: number): Uint32Array<ArrayBuffer> {
  const grown = new Uint32Array(toGrownLength(column.length, needed));
  grown.set(column);
  return grown;
}

/** Gives a column with the same values that has room for so many, and for some more. */
export function growFloat64(column: Float64Array, needed: number): Float64Array<ArrayBuffer> {
  const grown = new Float64Array(toGrownLength(column.length, needed));
  grown.set(column);
  return grown;
}

function toGrownLength(length: number, needed: number): number {
  return Math.max(needed, Math.ceil(length * GROWTH));
}
