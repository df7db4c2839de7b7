import { describe, expect, it } from 'vitest';
import { AppFailure } from '#app/errors.ts';
import { openJournal } from './journal.ts';
import { toJournal } from './journal-lines.ts';
import { createMemoryJournalFile, type MemoryJournalFile } from './memory-journal-file.ts';

const NAMES = ['a', 'Ünï "code" 文件.pdf', 'line\nfeed\u0000\ud800', '', 'z'.repeat(40)];

const parseName = (value: unknown) => (typeof value === 'string' ? value : null);
const pause = () => Promise.resolve();
const open = (file: MemoryJournalFile, version = 3) =>
  openJournal({ file, version, parse: parseName, pause });
const write = async (names: readonly unknown[] = NAMES, version = 3) =>
  Buffer.from(await toJournal(version, names));

/** Opens bytes as a journal, and shows that it goes on from what it gave: nothing is lost with the next write. */
async function openBytes(bytes: Uint8Array) {
  const file = createMemoryJournalFile(bytes);
  const { journal, entries, lostLines } = await open(file);
  journal.append('next');
  await journal.sync();
  const again = await open(createMemoryJournalFile(file.content()));
  expect(again).toMatchObject({ entries: [...entries, 'next'], lostLines: 0 });
  return { entries, lostLines, file };
}

describe('a journal', () => {
  it('gives what was written, in order, and is only added to', async () => {
    const bytes = await write();
    const { entries, lostLines, file } = await openBytes(bytes);
    expect(entries).toEqual(NAMES);
    expect(lostLines).toBe(0);
    expect(file.calls).toEqual(['append']);
    expect(Buffer.from(file.content() ?? []).subarray(0, bytes.length)).toEqual(bytes);
  });

  it('cut off at any byte gives all its whole lines, and tells of no loss unless nothing is left', async () => {
    const bytes = await write();
    const headerBytes = bytes.indexOf('\n');
    for (let length = 0; length <= bytes.length; length += 1) {
      const { entries, lostLines, file } = await openBytes(bytes.subarray(0, length));
      // A line of which only the line feed is missing is whole.
      const feeds =
        Buffer.from(bytes.subarray(0, length + 1))
          .toString('latin1')
          .split('\n').length - 1;
      expect(entries, `at ${length}`).toEqual(NAMES.slice(0, Math.max(0, feeds - 1)));
      expect(lostLines, `at ${length}`).toBe(length < headerBytes ? 1 : 0);
      expect(file.asides).toHaveLength(lostLines);
    }
  });

  it('takes zeros at its end for a write that a power cut tore', async () => {
    const bytes = await write();
    for (let length = bytes.indexOf('\n'); length <= bytes.length; length += 7) {
      const zeros = Buffer.alloc(1 + (length % 5000));
      const { entries, lostLines } = await openBytes(Buffer.concat([bytes.subarray(0, length), zeros]));
      const whole = await openBytes(bytes.subarray(0, length));
      expect(entries).toEqual(whole.entries);
      expect(lostLines).toBe(0);
    }
  });

  it.each([
    ['emptied to no bytes', Buffer.alloc(0)],
    ['overwritten by zeros', Buffer.alloc(5000)],
  ])('that was %s tells of a loss, keeps what there is and can be written to', async (_what, bytes) => {
    const { entries, lostLines, file } = await openBytes(bytes);
    expect(entries).toEqual([]);
    expect(lostLines).toBe(1);
    expect(file.asides).toEqual([bytes]);
  });

  it('that was emptied on purpose, or that is not there, tells of no loss', async () => {
    const file = createMemoryJournalFile(await write());
    await (await open(file)).journal.empty();
    expect(await open(createMemoryJournalFile(file.content()))).toMatchObject({ entries: [], lostLines: 0 });
    expect(await open(createMemoryJournalFile(null))).toMatchObject({ entries: [], lostLines: 0 });
  });

  it('with any one bit turned gives every other line and never a wrong one', async () => {
    const bytes = await write();
    const endOfHeader = bytes.indexOf('\n');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const damaged = Buffer.from(bytes);
      const index = bit >> 3;
      damaged[index] = (damaged[index] ?? 0) ^ (1 << (bit & 7));
      const { entries, lostLines, file } = await openBytes(damaged);
      const isFeed = bytes[index] === 0x0a;
      const place = bytes.subarray(0, index).toString('latin1').split('\n').length - 2;
      const left = NAMES.filter((_, at) => at !== place && !(isFeed && at === place + 1));
      expect(entries, `bit ${bit}`).toEqual(left);
      // In the last line only the line feed can go without a trace of it: then it looks torn.
      if (index === bytes.length - 1) expect(lostLines).toBe(0);
      else expect(lostLines, `bit ${bit}`).toBeGreaterThan(0);
      if (index < endOfHeader) expect(lostLines).toBe(1);
      expect(file.asides).toEqual(lostLines > 0 ? [damaged] : []);
    }
  });

  it('counts entries that its reader does not know, and keeps the others', async () => {
    const { entries, lostLines, file } = await openBytes(await write(['a', { from: 'elsewhere' }, 5, 'b']));
    expect(entries).toEqual(['a', 'b']);
    expect(lostLines).toBe(2);
    expect(file.asides).toHaveLength(1);
  });

  it('without its header tells of a loss', async () => {
    const bytes = await write();
    const { entries, lostLines } = await openBytes(bytes.subarray(bytes.indexOf('\n') + 1));
    expect(entries).toEqual(NAMES);
    expect(lostLines).toBe(1);
  });

  it.each([
    ['a page', '<html>\n<body>\n</body></html>\n', 3],
    ['line feeds', '\n\n', 2],
    ['another CRC', '00000000 {"format":"journal","version":3}\n', 1],
  ])('that is %s is set aside', async (_, text, lines) => {
    const { entries, lostLines, file } = await openBytes(Buffer.from(text));
    expect(entries).toEqual([]);
    expect(lostLines).toBe(lines);
    expect(file.asides).toEqual([Buffer.from(text)]);
  });

  it('of a newer app is set aside whole', async () => {
    const bytes = await write(NAMES, 4);
    const { entries, lostLines, file } = await openBytes(bytes);
    expect(entries).toEqual([]);
    expect(lostLines).toBe(NAMES.length);
    expect(file.asides).toEqual([bytes]);
  });

  it('of an older app is read, and written anew: that app must not take it for its own', async () => {
    const { entries, lostLines, file } = await openBytes(await write(NAMES, 2));
    expect(entries).toEqual(NAMES);
    expect(lostLines).toBe(0);
    expect(file.asides).toEqual([]);
    expect((await open(createMemoryJournalFile(file.content()), 2)).lostLines).toBe(NAMES.length + 1);
  });

  it('that cannot be read is never written to', async () => {
    const file = createMemoryJournalFile(await write());
    const cause = new Error('EACCES');
    const { journal, entries, lostLines } = await open({ ...file, read: () => Promise.reject(cause) });
    expect({ entries, lostLines }).toEqual({ entries: [], lostLines: 0 });
    journal.append('a');
    const failure = await journal.sync().catch((thrown: unknown) => thrown);
    expect(failure).toBeInstanceOf(AppFailure);
    expect(failure).toMatchObject({ error: { code: 'journalUnwritable' }, cause });
    await expect(journal.compact([])).rejects.toThrow('journalUnwritable');
    await journal.close();
    expect(file.calls).toEqual([]);
  });

  it('that is damaged is not overwritten before it is set aside', async () => {
    let isFull = true;
    const damaged = Buffer.concat([await write(), Buffer.from('rubbish\n')]);
    const file = createMemoryJournalFile(damaged, (call) =>
      isFull && call === 'setAside' ? { end: 'failure', kept: 0 } : { end: 'done' },
    );
    const { journal, entries, lostLines } = await open(file);
    expect({ entries, lostLines }).toEqual({ entries: NAMES, lostLines: 1 });
    journal.append('next');
    await expect(journal.sync()).rejects.toThrow('journalUnwritable');
    expect(file.content()).toEqual(damaged);
    isFull = false;
    await journal.sync();
    expect(file.asides).toEqual([damaged]);
    expect(await open(file)).toMatchObject({ entries: [...NAMES, 'next'], lostLines: 0 });
  });

  it('that is damaged and cannot be written anew is set aside once only, and mended even by a compaction', async () => {
    let isFull = true;
    const damaged = Buffer.concat([await write(), Buffer.from('rubbish\n')]);
    const file = createMemoryJournalFile(damaged, (call) =>
      isFull && call === 'replace' ? { end: 'failure', kept: 0 } : { end: 'done' },
    );
    const { journal } = await open(file);
    journal.append('next');
    await expect(journal.compact(['one'])).rejects.toThrow('journalUnwritable');
    expect(file.content()).toEqual(damaged);
    isFull = false;
    journal.append('two');
    await journal.sync();
    expect(file.asides).toEqual([damaged]);
    expect(await open(file)).toMatchObject({ entries: ['one', 'two'], lostLines: 0 });
  });
});
