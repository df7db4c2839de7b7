import { expect, it } from 'vitest';
import type { FilePage, TableRow } from '#app/files/file-query.ts';
import { keepRows } from './keep-rows.ts';

const toRow = (id: string, isDeleting = false): TableRow => ({
  kind: 'file',
  file: { id, name: `${id}.txt`, mimeType: 'text/plain', sizeBytes: 1, createdAt: 0, isSaveable: false },
  isDeleting,
  deletionError: null,
});
const toFolder = (path: string, fileCount: number): TableRow => ({
  kind: 'folder',
  path,
  fileCount,
  sizeBytes: 1,
  newestAt: 0,
});
const toPage = (rows: readonly TableRow[]): FilePage => ({
  rows,
  offset: 0,
  total: rows.length,
  fileCount: rows.length,
  sizeBytes: rows.length,
  status: {
    phase: 'complete',
    isFromLastTime: false,
    knownFiles: rows.length,
    readFiles: 0,
    unreadableRows: 0,
    isFull: false,
    error: null,
    revision: 1,
    completedAt: 1,
  },
  selection: {
    summary: { count: 0, sizeBytes: 0, saveableCount: 0, kinds: [], firstFiles: [] },
    selectedKeys: [],
    partlySelectedKeys: [],
    isAllMatchingSelected: false,
  },
});

it('keeps rows that did not change, wherever they stand now, and takes those that did', () => {
  const old = toPage([toFolder('a', 2), toFolder('b', 2), toRow('x'), toRow('y')]);
  const next = toPage([toFolder('a', 2), toFolder('b', 3), toRow('new'), toRow('x'), toRow('y', true)]);
  const kept = keepRows(old, next);
  expect(kept).toEqual(next);
  expect(kept.rows[0]).toBe(old.rows[0]);
  expect(kept.rows[1]).toBe(next.rows[1]);
  expect(kept.rows[3]).toBe(old.rows[2]);
  expect(kept.rows[4]).toBe(next.rows[4]);
  expect(keepRows(undefined, next)).toBe(next);
});
