import { expect, it } from 'vitest';
import type { FolderRow } from '#app/files/file-query.ts';
import { toSelectionMarks } from './selection-marks.ts';

const summary = { count: 0, sizeBytes: 0, saveableCount: 0, kinds: [], firstFiles: [] };
const rows = ['a', 'b'].map(
  (path): FolderRow => ({ kind: 'folder', path, fileCount: 1, sizeBytes: 1, newestAt: 0 }),
);

it('tells how much of each row and of the page is selected', () => {
  const some = toSelectionMarks({
    rows,
    selection: { summary, selectedKeys: ['a/'], partlySelectedKeys: ['b/'], isAllMatchingSelected: false },
  });
  expect([some.of('a/'), some.of('b/'), some.of('c/'), some.page]).toEqual(['all', 'some', 'none', 'some']);
  const part = toSelectionMarks({
    rows,
    selection: { summary, selectedKeys: [], partlySelectedKeys: ['b/'], isAllMatchingSelected: false },
  });
  expect(part.page).toBe('some');
  const all = toSelectionMarks({
    rows,
    selection: { summary, selectedKeys: ['a/', 'b/'], partlySelectedKeys: [], isAllMatchingSelected: false },
  });
  expect(all.page).toBe('all');
  expect(
    toSelectionMarks({
      rows,
      selection: { summary, selectedKeys: [], partlySelectedKeys: [], isAllMatchingSelected: false },
    }).page,
  ).toBe('none');
});
