import { AppFailure } from '#app/errors.ts';
import type { JournalFile } from './journal-file.ts';
import { type ReadJournal, readJournal, toHeader, toJournal, toLine } from './journal-lines.ts';

/** A list on disk that only grows, until it is written anew with what of it still counts. */
export interface Journal<Entry> {
  /** Adds an entry as it is now. Nothing is on disk before {@link sync}. */
  append(entry: Entry): void;
  /**
   * Settles when all that was appended so far is on disk; calls at the same time share one write, and one write follows
   * another after a moment. Throws
   * `journalUnwritable`; nothing is forgotten then, and the next call tries again.
   */
  sync(): Promise<void>;
  /**
   * The same, but writes these entries, which must not change until then, in the place of all that was appended so far.
   * Where there is no room for that the journal goes on growing.
   */
  compact(entries: readonly Entry[]): Promise<void>;
  /**
   * Takes all that is on disk off it, which needs no room there; what is not yet written stays to be written. Throws
   * what the system does, and then nothing has changed.
   */
  empty(): Promise<void>;
  /** Whether {@link compact} with this many entries would be worth its time. */
  isLarge(entryCount: number): boolean;
  /** Writes what is not yet written and closes the file. Throws `journalUnwritable`; the file is closed even so. */
  close(): Promise<void>;
}

/** Where and how a journal is kept. */
export interface JournalParts<Entry> {
  readonly file: JournalFile;
  /** Grows when an older app could not read what a newer one writes. */
  readonly version: number;
  /** Reads an entry of this or an older version; null for what is none, `undefined` included. */
  readonly parse: (value: unknown) => Entry | null;
  /** Awaited between two writes, so that more of them are one; a moment unless told. */
  readonly pause?: () => Promise<void>;
}

/** A journal and what it held. */
export interface OpenedJournal<Entry> {
  readonly journal: Journal<Entry>;
  readonly entries: readonly Entry[];
  /** Lines that could not be read, not counting what a crash cut off while it was written. The file was set aside if there are any. */
  readonly lostLines: number;
  /** Whether the file could be read at all. */
  readonly isReadable: boolean;
}

/** Below this a journal is read in no time, in bytes. */
const ALWAYS_SMALL_BYTES = 1024 * 1024;
const MAX_GROWTH = 2;
/** Each write costs main a part of what a small upload does, so that it is worth its while to wait for more. */
const PAUSE_MS = 3;

const waitAMoment = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));

/**
 * Opens a journal. It never throws: what can be read is given, a damaged file is set aside and written anew. One that
 * cannot be read at all is left as it is and never written to: `sync` then throws `journalUnwritable`.
 */
export async function openJournal<Entry>(parts: JournalParts<Entry>): Promise<OpenedJournal<Entry>> {
  const { file, version, parse, pause = waitAMoment } = parts;
  try {
    const bytes = await file.read();
    const read =
      bytes === null
        ? { entries: [], lostLines: 0, isAppendable: false }
        : await readJournal(bytes, version, parse);
    const journal = new JournalWriter<Entry>(file, version, pause, bytes?.length ?? 0, read);
    // What cannot be mended yet is tried again with the first sync.
    if (bytes !== null && !read.isAppendable) await journal.sync().catch(() => undefined);
    return { journal, entries: read.entries, lostLines: read.lostLines, isReadable: true };
  } catch (cause) {
    return { journal: createUnwritable(file, cause), entries: [], lostLines: 0, isReadable: false };
  }
}

/** How the file shall be written anew. */
interface Rewrite {
  readonly entries: readonly unknown[];
  /** Of all that was ever appended, so many came before `entries` and are replaced by them. */
  readonly covers: number;
}

class JournalWriter<Entry> implements Journal<Entry> {
  readonly #file: JournalFile;
  readonly #version: number;
  readonly #pause: () => Promise<void>;
  /** Lines not yet on disk; they leave only when they are. */
  readonly #pending: string[] = [];
  #appendedCount = 0;
  /** Up to here the latest write went or goes. */
  #takenCount = 0;
  #running: Promise<void> | null = null;
  #waiting: Promise<void> | null = null;
  /** Settles when the next write may begin. */
  #paused: Promise<void> = Promise.resolve();
  #rewrite: Rewrite | null;
  /** Whether the file, as it is, can take another line. */
  #isAppendable: boolean;
  /** Whether a power cut could not bring back what the file was before it was written anew. */
  #isSettled = true;
  /** Whether the file holds what could not be read and is kept nowhere else. */
  #isDamaged: boolean;
  #entryCount: number;
  #sizeBytes: number;
  #smallBytes = ALWAYS_SMALL_BYTES;

  constructor(
    file: JournalFile,
    version: number,
    pause: () => Promise<void>,
    sizeBytes: number,
    read: ReadJournal<Entry>,
  ) {
    this.#file = file;
    this.#version = version;
    this.#pause = pause;
    this.#sizeBytes = sizeBytes;
    this.#entryCount = read.entries.length;
    this.#isAppendable = read.isAppendable;
    this.#isDamaged = read.lostLines > 0;
    this.#rewrite = read.isAppendable ? null : { entries: read.entries, covers: 0 };
  }

  append(entry: Entry): void {
    this.#pending.push(toLine(entry));
    this.#appendedCount += 1;
  }

  sync(): Promise<void> {
    if (this.#rewrite === null) {
      if (this.#running && this.#takenCount === this.#appendedCount) return this.#running;
      if (!this.#running && this.#pending.length === 0 && this.#isSettled) return Promise.resolve();
    }
    const start = () => this.#start();
    this.#waiting ??= (this.#running ?? Promise.resolve())
      .then(
        () => this.#paused,
        () => this.#paused,
      )
      .then(start);
    return this.#waiting;
  }

  compact(entries: readonly Entry[]): Promise<void> {
    this.#rewrite = { entries, covers: this.#appendedCount };
    return this.sync();
  }

  async empty(): Promise<void> {
    // Writes that fail have told whoever waits for them.
    for (let busy = this.#busy(); busy; busy = this.#busy()) await busy.catch(() => undefined);
    const before = this.#rewrite;
    const anew = { entries: [], covers: this.#appendedCount - this.#pending.length };
    // From now on, so that who asks meanwhile for what is pending waits for its write.
    this.#rewrite = anew;
    this.#running = this.#empty()
      .catch((cause) => {
        if (this.#rewrite === anew) this.#rewrite = before;
        throw cause;
      })
      .finally(() => {
        this.#running = null;
      });
    return this.#running;
  }

  isLarge(entryCount: number): boolean {
    return this.#sizeBytes > this.#smallBytes && this.#entryCount > entryCount * MAX_GROWTH;
  }

  async close(): Promise<void> {
    try {
      await this.sync();
    } finally {
      await this.#file.close();
    }
  }

  /** What has the file, or will have it next. */
  #busy(): Promise<void> | null {
    return this.#waiting ?? this.#running;
  }

  async #empty(): Promise<void> {
    if (this.#isDamaged) await this.#file.setAside();
    this.#isDamaged = false;
    // With its header it is known as emptied, and not as one that has lost what it held.
    const keptBytes = this.#isAppendable ? Buffer.byteLength(toHeader(this.#version)) : 0;
    await this.#file.cutTo(keptBytes);
    this.#isAppendable = keptBytes > 0;
    this.#entryCount = 0;
    this.#sizeBytes = keptBytes;
  }

  #start(): Promise<void> {
    this.#waiting = null;
    this.#running = this.#write()
      .catch((cause) => {
        throw new AppFailure({ code: 'journalUnwritable' }, { cause });
      })
      .finally(() => {
        this.#running = null;
        this.#paused = this.#pause();
      });
    return this.#running;
  }

  async #write(): Promise<void> {
    const rewrite = this.#rewrite;
    this.#rewrite = null;
    try {
      if (rewrite) await this.#writeAnew(rewrite);
    } catch (cause) {
      if (!this.#isAppendable) {
        // A newer one may have been asked for meanwhile.
        this.#rewrite ??= rewrite;
        throw cause;
      }
      // Not with every write from now on.
      this.#smallBytes = Math.max(this.#smallBytes, this.#sizeBytes * MAX_GROWTH);
    }
    await this.#writePending();
  }

  async #writeAnew({ entries, covers }: Rewrite): Promise<void> {
    const text = await toJournal(this.#version, entries);
    const lineCount = this.#take();
    const added = this.#pending.slice(Math.max(0, covers - (this.#appendedCount - lineCount)));
    const bytes = Buffer.from(text + added.join(''));
    if (this.#isDamaged) await this.#file.setAside();
    this.#isDamaged = false;
    await this.#file.replace(bytes);
    this.#isSettled = false;
    this.#pending.splice(0, lineCount);
    this.#isAppendable = true;
    this.#entryCount = entries.length + added.length;
    this.#sizeBytes = bytes.length;
    this.#smallBytes = ALWAYS_SMALL_BYTES;
  }

  async #writePending(): Promise<void> {
    const lineCount = this.#take();
    if (lineCount === 0 && this.#isSettled) return;
    const bytes = Buffer.from(this.#pending.join(''));
    await this.#file.append(bytes);
    this.#isSettled = true;
    this.#pending.splice(0, lineCount);
    this.#entryCount += lineCount;
    this.#sizeBytes += bytes.length;
  }

  /** Takes all pending lines for one write; answers how many. */
  #take(): number {
    this.#takenCount = this.#appendedCount;
    return this.#pending.length;
  }
}

/** To write to a file whose content could not be read might destroy it. */
function createUnwritable<Entry>(file: JournalFile, cause: unknown): Journal<Entry> {
  const refuse = () => Promise.reject(new AppFailure({ code: 'journalUnwritable' }, { cause }));
  return {
    append: () => undefined,
    sync: refuse,
    compact: refuse,
    empty: refuse,
    isLarge: () => false,
    close: () => file.close(),
  };
}
