/** Parts of a table; each grows by itself, so that growing never holds the main thread up for long. */
const PARTS = 256;
const FIRST_SLOTS = 16;
/** A part of fewer slots grows fourfold: each time all its rows are hashed anew, and what is left empty is little. */
const FEW_SLOTS = 1024;
const MAX_LOAD = 0.75;
/** How much fuller than the others a part may be. */
const UNEVEN = 1.1;

interface Part {
  /** Row plus one; 0 where there is none. */
  slots: Uint32Array;
  used: number;
}

/** Finds rows by the hash of something they hold: which, its owner knows. Rows cannot be taken out, only exchanged. */
export class RowTable {
  readonly #hashOf: (row: number) => number;
  readonly #parts: Part[] = Array.from({ length: PARTS }, () => ({
    slots: new Uint32Array(FIRST_SLOTS),
    used: 0,
  }));

  constructor(hashOf: (row: number) => number) {
    this.#hashOf = hashOf;
  }

  /** Makes room in an empty table for so many rows. */
  reserve(rows: number): void {
    let slots = FIRST_SLOTS;
    while (slots * PARTS * MAX_LOAD < rows * UNEVEN) slots *= 2;
    for (const part of this.#parts) part.slots = new Uint32Array(slots);
  }

  /** Gives the row of a hash for which the predicate holds; -1 when there is none. */
  find(hash: number, isIt: (row: number) => boolean): number {
    const { slots } = this.#partOf(hash);
    const mask = slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = slots[slot] ?? 0;
      if (entry === 0) return -1;
      if (isIt(entry - 1)) return entry - 1;
    }
  }

  /** Adds a row that is not yet in. */
  add(hash: number, row: number): void {
    const part = this.#partOf(hash);
    if (part.used + 1 > part.slots.length * MAX_LOAD) this.#grow(part);
    insert(part.slots, hash, row);
    part.used += 1;
  }

  /** Puts a row of the same hash in the place of another. */
  exchange(hash: number, before: number, after: number): void {
    const { slots } = this.#partOf(hash);
    const mask = slots.length - 1;
    let slot = hash & mask;
    while (slots[slot] !== before + 1) slot = (slot + 1) & mask;
    slots[slot] = after + 1;
  }

  #partOf(hash: number): Part {
    const part = this.#parts[hash >>> 24];
    if (!part) throw new Error('A hash has 32 bits');
    return part;
  }

  #grow(part: Part): void {
    const { length } = part.slots;
    const slots = new Uint32Array(length < FEW_SLOTS ? length * 4 : length * 2);
    for (const entry of part.slots) if (entry !== 0) insert(slots, this.#hashOf(entry - 1), entry - 1);
    part.slots = slots;
  }
}

function insert(slots: Uint32Array, hash: number, row: number): void {
  const mask = slots.length - 1;
  let slot = hash & mask;
  while (slots[slot] !== 0) slot = (slot + 1) & mask;
  slots[slot] = row + 1;
}
