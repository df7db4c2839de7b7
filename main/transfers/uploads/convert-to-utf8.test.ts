import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAX_PREVIEW_CHARACTERS, MAX_PREVIEW_LINES } from '#app/transfers/utf8-copy.ts';
import { convertToUtf8 } from './convert-to-utf8.ts';
import { readUtf8Preview } from './utf8-preview.ts';

let folder: string;
let path: string;
let target: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'files-for-openrouter-'));
  path = join(folder, 'text.txt');
  target = join(folder, 'copy.txt');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const signal = new AbortController().signal;
const MARK = Buffer.from('fffe', 'hex');

describe('converting a text to UTF-8', () => {
  it('gives the same characters without a byte order mark, and leaves the text as it is', async () => {
    // Some characters of each piece that is read are cut by its end.
    const text = `${'x'.repeat(1)}${'😀'.repeat(200_000)}\r\nGrüße`;
    const bytes = Buffer.concat([MARK, Buffer.from(text, 'utf16le')]);
    await writeFile(path, bytes);
    await convertToUtf8({ path, encoding: 'utf-16le' }, target, signal);
    expect((await readFile(target)).equals(Buffer.from(text))).toBe(true);
    expect((await readFile(path)).equals(bytes)).toBe(true);
  });

  it('puts U+FFFD where the encoding defines nothing', async () => {
    await writeFile(path, Buffer.from('a\xffb', 'latin1'));
    await convertToUtf8({ path, encoding: 'utf-8' }, target, signal);
    expect(await readFile(target, 'utf8')).toBe('a\ufffdb');
  });

  it('has a text that names its encoding name UTF-8, in the preview too', async () => {
    await writeFile(path, Buffer.from('<?xml version="1.0" encoding="latin1"?><a>\xe9</a>', 'latin1'));
    const expected = '<?xml version="1.0" encoding="UTF-8"?><a>é</a>';
    await convertToUtf8({ path, encoding: 'windows-1252' }, target, signal);
    expect(await readFile(target, 'utf8')).toBe(expected);
    expect((await readUtf8Preview({ path, encoding: 'windows-1252' })).text).toBe(expected);
  });

  it.skipIf(process.platform === 'win32')('gives the copy to this user only', async () => {
    await writeFile(path, 'a');
    await convertToUtf8({ path, encoding: 'windows-1252' }, target, signal);
    expect((await stat(target)).mode & 0o777).toBe(0o600);
  });

  it('leaves nothing behind when it is cancelled or the text is gone', async () => {
    await expect(convertToUtf8({ path, encoding: 'utf-8' }, target, signal)).rejects.toMatchObject({
      error: { code: 'fileMissing' },
    });
    await writeFile(path, 'a');
    await expect(
      convertToUtf8({ path, encoding: 'utf-8' }, target, AbortSignal.abort()),
    ).rejects.toMatchObject({ error: { code: 'cancelled' } });
    expect(await readdir(folder)).toEqual(['text.txt']);
  });
});

describe('the preview of a UTF-8 copy', () => {
  it('is the whole of a short text', async () => {
    await writeFile(path, Buffer.from('\x93Grüße\x94\n', 'latin1'));
    expect(await readUtf8Preview({ path, encoding: 'windows-1252' })).toEqual({
      text: '“Grüße”\n',
      isWhole: true,
    });
  });

  it.each([
    ['lines', 'line\n'.repeat(100_000)],
    ['characters', '😀'.repeat(100_000)],
  ])('is bounded in its %s', async (_bound, text) => {
    await writeFile(path, Buffer.from(text, 'utf16le'));
    const preview = await readUtf8Preview({ path, encoding: 'utf-16le' });
    expect(preview.isWhole).toBe(false);
    expect(preview.text.split('\n').length).toBeLessThanOrEqual(MAX_PREVIEW_LINES);
    expect([...preview.text].length).toBeLessThanOrEqual(MAX_PREVIEW_CHARACTERS);
    expect(text.startsWith(preview.text)).toBe(true);
    expect(preview.text.length).toBeGreaterThan(50);
  });
});
