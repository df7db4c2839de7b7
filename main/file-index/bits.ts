/** A set of row numbers, a bit for each row. */
export class Bits {
  #words: Uint32Array;

  constructor(words: Uint32Array = new Uint32Array(0)) {
    this.#words = words;
  }

  has(row: number): boolean {
    return ((this.#words[row >>> 5] ?? 0) & (1 << (row & 31))) !== 0;
  }

  /** Puts a row in; answers whether it was not in before. */
  add(row: number): boolean {
    const word = row >>> 5;
    if (word >= this.#words.length) this.#grow(word + 1);
    const before = this.#words[word] ?? 0;
    const after = before | (1 << (row & 31));
    this.#words[word] = after;
    return after !== (before | 0);
  }

  /** Takes a row out; answers whether it was in. */
  delete(row: number): boolean {
    if (!this.has(row)) return false;
    const word = row >>> 5;
    this.#words[word] = (this.#words[word] ?? 0) & ~(1 << (row & 31));
    return true;
  }

  clear(): void {
    this.#words = new Uint32Array(0);
  }

  copy(): Bits {
    return new Bits(this.#words.slice());
  }

  /** All rows that are in have lower numbers. */
  get end(): number {
    return this.#words.length * 32;
  }

  /** How many rows are in. */
  count(): number {
    let count = 0;
    for (const word of this.#words) {
      let bits = word - ((word >>> 1) & 0x55555555);
      bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
      count += Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
    }
    return count;
  }

  /** Gives the last row up to `start` that is in; -1 when none is. */
  before(start: number): number {
    if (start < 0) return -1;
    let word = start >>> 5;
    let bits = (this.#words[word] ?? 0) & (-1 >>> (31 - (start & 31)));
    while (bits === 0) {
      word -= 1;
      if (word < 0) return -1;
      bits = this.#words[word] ?? 0;
    }
    return word * 32 + (31 - Math.clz32(bits));
  }

  /** Gives the first row from `start` on that is in; -1 when none is. */
  next(start: number): number {
    let word = start >>> 5;
    let bits = (this.#words[word] ?? 0) & (-1 << (start & 31));
    while (bits === 0) {
      word += 1;
      if (word >= this.#words.length) return -1;
      bits = this.#words[word] ?? 0;
    }
    return word * 32 + (31 - Math.clz32(bits & -bits));
  }

  #grow(words: number): void {
    const grown = new Uint32Array(Math.max(words, this.#words.length * 2, 32));
    grown.set(this.#words);
    this.#words = grown;
  }
}
