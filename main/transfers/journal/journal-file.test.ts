import { execFileSync } from 'node:child_process';
import {
  chmod,
  mkdir,
  mkdtemp,
  open as openFile,
  readdir,
  readFile,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openJournal } from './journal.ts';
import { openJournalFile } from './journal-file.ts';

const isRoot = process.getuid?.() === 0;
const isWindows = process.platform === 'win32';
const bytes = (text: string) => Buffer.from(text);

let top: string;
let folder: string;
let path: string;

beforeEach(async () => {
  top = await mkdtemp(join(tmpdir(), 'files-for-openrouter-'));
  folder = join(top, 'new', 'transfers');
  path = join(folder, 'queue.jsonl');
});
afterEach(() => rm(top, { recursive: true, force: true }));

const modeOf = async (name: string) => ((await stat(name)).mode & 0o777).toString(8);

describe('a file of a journal', () => {
  it('is nothing before its first write', async () => {
    const file = openJournalFile(path);
    expect(await file.read()).toBeNull();
    await file.close();
    expect(await readdir(top)).toEqual([]);
  });

  it.each(['append', 'replace'] as const)('comes into being with the first %s', async (call) => {
    const file = openJournalFile(path);
    await file[call](bytes('one\n'));
    expect(await file.read()).toEqual(bytes('one\n'));
    await file.close();
  });

  it.skipIf(isWindows)('is for this user alone, and so is its folder', async () => {
    const file = openJournalFile(path);
    await file.append(bytes('one\n'));
    expect([await modeOf(folder), await modeOf(join(top, 'new')), await modeOf(path)]).toEqual([
      '700',
      '700',
      '600',
    ]);
    await file.replace(bytes('two\n'));
    expect(await modeOf(path)).toBe('600');
    await file.close();
  });

  it('grows at its end, after a start and after it was replaced', async () => {
    const first = openJournalFile(path);
    await first.append(bytes('one\n'));
    await first.append(bytes('two\n'));
    await first.close();
    const file = openJournalFile(path);
    await file.append(bytes('three\n'));
    expect(await readFile(path, 'utf8')).toBe('one\ntwo\nthree\n');
    await file.replace(bytes('1\n'));
    await file.append(bytes('2\n'));
    await file.append(bytes(''));
    await file.append(bytes('3\n'));
    expect(await readFile(path, 'utf8')).toBe('1\n2\n3\n');
    await file.replace(bytes('much longer than before\n'));
    await file.append(bytes('4\n'));
    expect(await readFile(path, 'utf8')).toBe('much longer than before\n4\n');
    await file.close();
  });

  it('can be used again once it is closed', async () => {
    const file = openJournalFile(path);
    await file.append(bytes('one\n'));
    await file.close();
    await file.append(bytes('two\n'));
    await file.close();
    await file.close();
    expect(await readFile(path, 'utf8')).toBe('one\ntwo\n');
  });

  it('is replaced in spite of what a crash left of an earlier try', async () => {
    await mkdir(folder, { recursive: true });
    await writeFile(`${path}.new`, 'half of a jour', { mode: 0o444 });
    const file = openJournalFile(path);
    await file.append(bytes('one\n'));
    await file.replace(bytes('two\n'));
    await file.close();
    expect(await readdir(folder)).toEqual(['queue.jsonl']);
    expect(await readFile(path, 'utf8')).toBe('two\n');
  });

  it('stays as it is, and goes on, when it cannot be replaced', async () => {
    const file = openJournalFile(path);
    await file.append(bytes('one\n'));
    await mkdir(join(`${path}.new`, 'in the way'), { recursive: true });
    await expect(file.replace(bytes('two\n'))).rejects.toThrow();
    await file.append(bytes('three\n'));
    expect(await readFile(path, 'utf8')).toBe('one\nthree\n');
    await file.close();
  });

  it('leaves no temporary file when its name cannot be taken', async () => {
    await mkdir(join(path, 'in the way'), { recursive: true });
    const file = openJournalFile(path);
    await expect(file.replace(bytes('one\n'))).rejects.toThrow();
    await expect(file.read()).rejects.toThrow('EISDIR');
    expect(await readdir(folder)).toEqual(['queue.jsonl']);
  });

  it('is set aside under names of its own, of which the newest are kept', async () => {
    const file = openJournalFile(path);
    await file.append(bytes('start\n'));
    for (let damage = 1; damage <= 12; damage += 1) {
      await file.replace(bytes(`damage ${damage}\n`));
      expect(await file.setAside()).toBe(`${path}.damaged-${damage}`);
    }
    await file.append(bytes('more\n'));
    await file.replace(bytes('mended\n'));
    await file.close();
    const names = (await readdir(folder)).sort();
    expect(names).toEqual([
      'queue.jsonl',
      ...['10', '11', '12', '8', '9'].map((number) => `queue.jsonl.damaged-${number}`),
    ]);
    expect(await readFile(`${path}.damaged-8`, 'utf8')).toBe('damage 8\n');
    expect(await readFile(path, 'utf8')).toBe('mended\n');
  });

  it('keeps what was set aside when it is emptied or cut', async () => {
    for (const [keptBytes, left] of [
      [0, ''],
      [4, 'one\n'],
    ] as const) {
      const file = openJournalFile(path);
      await file.replace(bytes('one\ntwo\n'));
      const aside = (await file.setAside()) ?? '';
      await file.cutTo(keptBytes);
      expect(await readFile(path, 'utf8')).toBe(left);
      expect(await readFile(aside, 'utf8')).toBe('one\ntwo\n');
      await file.append(bytes('three\n'));
      await file.close();
      expect(await readFile(path, 'utf8')).toBe(`${left}three\n`);
      expect(await readFile(aside, 'utf8')).toBe('one\ntwo\n');
    }
  });

  it('that is not there is not set aside', async () => {
    const file = openJournalFile(path);
    await file.append(bytes('one\n'));
    await file.close();
    await rm(path);
    expect(await file.setAside()).toBeNull();
  });
});

const parse = (value: unknown) => (typeof value === 'string' ? value : null);
const open = () => openJournal({ file: openJournalFile(path), version: 1, parse });

describe('a journal on a disk', () => {
  it('is there again after a start, damaged or not', async () => {
    const first = await open();
    for (const entry of ['one', 'two', 'three']) first.journal.append(entry);
    await first.journal.close();
    expect(await open()).toMatchObject({ entries: ['one', 'two', 'three'], lostLines: 0 });
    const damaged = (await readFile(path, 'utf8')).replace('two', 'too');
    await writeFile(path, damaged);
    expect(await open()).toMatchObject({ entries: ['one', 'three'], lostLines: 1 });
    expect(await readFile(`${path}.damaged-1`, 'utf8')).toBe(damaged);
    expect(await open()).toMatchObject({ entries: ['one', 'three'], lostLines: 0 });
  });

  it('that is a folder never opens, and is left alone', async () => {
    await mkdir(path, { recursive: true });
    const { journal, entries } = await open();
    expect(entries).toEqual([]);
    await expect(journal.sync()).rejects.toThrow('journalUnwritable');
    expect(await readdir(folder)).toEqual(['queue.jsonl']);
  });

  it.skipIf(isRoot || isWindows)('that may not be read is not replaced by an empty one', async () => {
    const first = await open();
    first.journal.append('one');
    await first.journal.close();
    await chmod(path, 0);
    const { journal } = await open();
    journal.append('two');
    await expect(journal.sync()).rejects.toThrow('journalUnwritable');
    await chmod(path, 0o600);
    expect((await open()).entries).toEqual(['one']);
  });
});

describe.skipIf(!isRoot || process.platform !== 'linux')('a journal on a disk that fills up', () => {
  const DISK_BYTES = 64 * 1024;
  let disk: string;

  beforeEach(async () => {
    disk = join(top, 'disk');
    await mkdir(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'tmpfs', disk]);
    path = join(disk, 'queue.jsonl');
  });
  afterEach(() => execFileSync('umount', ['--lazy', disk]));

  it('loses what was left of a write that failed, with the next one', async () => {
    const file = openJournalFile(path);
    await file.append(bytes('good\n'));
    await expect(file.append(Buffer.alloc(DISK_BYTES, 'x'))).rejects.toThrow('ENOSPC');
    expect((await stat(path)).size).toBeGreaterThan(5);
    await file.append(bytes('small\n'));
    await file.close();
    expect(await readFile(path, 'utf8')).toBe('good\nsmall\n');
  });

  it('leaves no part of a file that found no room to replace it', async () => {
    const file = openJournalFile(path);
    await file.append(bytes('good\n'));
    await expect(file.replace(Buffer.alloc(DISK_BYTES, 'x'))).rejects.toThrow('ENOSPC');
    expect(await readdir(disk)).toEqual(['queue.jsonl']);
    await file.append(bytes('more\n'));
    await file.close();
    expect(await readFile(path, 'utf8')).toBe('good\nmore\n');
  });

  it('is emptied where there is no room for anything', async () => {
    const { journal } = await open();
    journal.append('one');
    await journal.sync();
    const another = await openFile(join(disk, 'another'), 'w');
    await expect(another.writeFile(Buffer.alloc(DISK_BYTES, 'x'))).rejects.toThrow('ENOSPC');
    await another.close();
    journal.append('x'.repeat(DISK_BYTES));
    await expect(journal.sync()).rejects.toMatchObject({ cause: { code: 'ENOSPC' } });
    await journal.empty();
    expect((await stat(path)).size).toBeLessThan(100);
    await journal.close().catch(() => undefined);
    expect(await open()).toMatchObject({ entries: [], lostLines: 0 });
  });

  it('has what was promised, and goes on without a damaged line when there is room', async () => {
    const { journal } = await open();
    await writeFile(join(disk, 'another'), Buffer.alloc(DISK_BYTES / 2));
    const entries: string[] = [];
    const add = () => {
      entries.push(`${entries.length} ${'x'.repeat(3000)}`);
      journal.append(entries.at(-1) ?? '');
      return journal.sync();
    };
    let promised = 0;
    while (
      await add().then(
        () => true,
        () => false,
      )
    )
      promised = entries.length;
    expect(promised).toBeGreaterThan(5);
    await expect(add()).rejects.toMatchObject({
      error: { code: 'journalUnwritable' },
      cause: { code: 'ENOSPC' },
    });
    // What a crash in this moment would find: all that was promised, at most more.
    const found = (await openJournal({ file: frozen(await readFile(path)), version: 1, parse })).entries;
    expect(entries.slice(0, found.length)).toEqual(found);
    expect(found.length).toBeGreaterThanOrEqual(promised);
    await rm(join(disk, 'another'));
    await journal.close();
    expect(await open()).toMatchObject({ entries, lostLines: 0 });
  });
});

/** A file as a crash left it, on a disk that takes nothing. */
function frozen(content: Uint8Array) {
  const refuse = () => Promise.reject(new Error('frozen'));
  return {
    read: async () => content,
    append: refuse,
    replace: refuse,
    cutTo: refuse,
    setAside: refuse,
    close: async () => undefined,
  };
}
