import { describe, expect, it } from 'vitest';
import type { RemoteFile } from '#app/files/remote-file.ts';
import {
  deselect,
  EMPTY_SELECTION,
  keepFound,
  selectOnly,
  selectRange,
  selectRows,
  summarize,
  toggleFile,
  toPageMark,
} from './selection.ts';

function createFile(id: string, isSaveable = false): RemoteFile {
  return { id, name: `${id}.txt`, mimeType: 'text/plain', sizeBytes: 10, createdAt: 0, isSaveable };
}

const [a, b, c, d] = [createFile('a'), createFile('b'), createFile('c', true), createFile('d')];
const page = [a, b, c, d];
const idsOf = (selection: { files: ReadonlyMap<string, RemoteFile> }) => [...selection.files.keys()].sort();

describe('selection', () => {
  it('adds and takes out by toggling', () => {
    const both = toggleFile(toggleFile(EMPTY_SELECTION, a), b);
    expect(idsOf(both)).toEqual(['a', 'b']);
    expect(idsOf(toggleFile(both, a))).toEqual(['b']);
  });

  it('extends a range from the anchor in both directions and keeps the anchor', () => {
    const down = selectRange(selectOnly(b), page, 'b', 'd');
    expect(idsOf(down)).toEqual(['b', 'c', 'd']);
    expect(down.anchorId).toBe('b');
    expect(idsOf(selectRange(selectOnly(c), page, 'c', 'a'))).toEqual(['a', 'b', 'c']);
  });

  it('takes the row alone when the anchor is on another page, and keeps what is selected there', () => {
    const elsewhere = selectOnly(createFile('z'));
    expect(idsOf(selectRange(elsewhere, page, 'c', 'c'))).toEqual(['c', 'z']);
  });

  it('starts where the focus was when the anchor is on another page', () => {
    const elsewhere = selectOnly(createFile('z'));
    const range = selectRange(elsewhere, page, 'b', 'c');
    expect(idsOf(range)).toEqual(['b', 'c', 'z']);
    expect(idsOf(selectRange(range, page, 'c', 'd'))).toEqual(['b', 'c', 'd', 'z']);
  });

  it('takes back what a longer range from the same anchor had taken in, and nothing else', () => {
    const long = selectRange(toggleFile(selectOnly(d), a), page, 'a', 'c');
    expect(idsOf(long)).toEqual(['a', 'b', 'c', 'd']);
    expect(idsOf(selectRange(long, page, 'c', 'b'))).toEqual(['a', 'b', 'd']);
  });

  it('ignores a range to a row that is not there', () => {
    const selection = selectOnly(a);
    expect(selectRange(selection, page, 'a', 'gone')).toBe(selection);
  });

  it('marks a page by how much of it is selected', () => {
    expect(toPageMark(EMPTY_SELECTION, page)).toBe('none');
    expect(toPageMark(selectOnly(a), page)).toBe('some');
    expect(toPageMark(selectRows(EMPTY_SELECTION, page), page)).toBe('all');
    expect(toPageMark(EMPTY_SELECTION, [])).toBe('none');
  });

  it('deselects by id and is the same object when nothing changes', () => {
    const selection = selectRows(EMPTY_SELECTION, page);
    expect(idsOf(deselect(selection, ['a', 'gone', 'd']))).toEqual(['b', 'c']);
    expect(deselect(selection, ['gone'])).toBe(selection);
  });

  it('drops what is not found any more, and takes over what is', () => {
    const selection = selectRows(EMPTY_SELECTION, [a, b, c]);
    const grown = { ...c, sizeBytes: 11 };
    const kept = keepFound(selection, ['a', 'b', 'c'], [a, grown]);
    expect(idsOf(kept)).toEqual(['a', 'c']);
    expect(kept.files.get('c')).toBe(grown);
  });

  it('leaves alone what was selected or deselected since the question', () => {
    const askedIds = ['a', 'b'];
    const meanwhile = selectRows(EMPTY_SELECTION, [b, d]);
    expect(idsOf(keepFound(meanwhile, askedIds, [a, b]))).toEqual(['b', 'd']);
  });

  it('counts files, bytes and what can be saved', () => {
    expect(summarize(page)).toEqual({ count: 4, sizeBytes: 40, saveable: [c] });
  });
});
