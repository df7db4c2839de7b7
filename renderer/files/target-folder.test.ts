import { describe, expect, it } from 'vitest';
import type { FilePage, FolderRow } from '#app/files/file-query.ts';
import type { FileTarget } from '#app/files/selection.ts';
import { toTargetFolder } from './target-folder.ts';

const SELECTION: FileTarget = { kind: 'selection' };
const folder: FolderRow = { kind: 'folder', path: 'reports/2026', fileCount: 3, sizeBytes: 30, newestAt: 0 };

function toPage(selectedKeys: readonly string[], count: number): FilePage {
  return {
    rows: [folder],
    offset: 0,
    total: 1,
    fileCount: 3,
    sizeBytes: 30,
    status: {
      phase: 'complete',
      isFromLastTime: false,
      knownFiles: 3,
      readFiles: 0,
      unreadableRows: 0,
      isFull: false,
      error: null,
      revision: 1,
      completedAt: 0,
    },
    selection: {
      summary: { count, sizeBytes: 30, saveableCount: 0, kinds: [], firstFiles: [] },
      selectedKeys,
      partlySelectedKeys: [],
      isAllMatchingSelected: false,
    },
  };
}

describe('toTargetFolder', () => {
  it('knows the one folder that is named', () => {
    expect(toTargetFolder({ kind: 'rows', keys: ['reports/2026/'] }, undefined)).toBe('reports/2026');
    expect(toTargetFolder({ kind: 'rows', keys: ['or_file_1'] }, undefined)).toBeNull();
    expect(toTargetFolder({ kind: 'rows', keys: ['a/', 'b/'] }, undefined)).toBeNull();
  });

  it('knows the one folder that is selected', () => {
    expect(toTargetFolder(SELECTION, toPage(['reports/2026/'], 3))).toBe('reports/2026');
  });

  it('claims none when other files are selected too, on this page or another', () => {
    expect(toTargetFolder(SELECTION, toPage(['reports/2026/'], 4))).toBeNull();
    expect(toTargetFolder(SELECTION, toPage(['reports/2026/', 'or_file_1'], 4))).toBeNull();
    expect(toTargetFolder(SELECTION, toPage(['or_file_1'], 1))).toBeNull();
    expect(toTargetFolder(SELECTION, toPage([], 0))).toBeNull();
    expect(toTargetFolder(SELECTION, undefined)).toBeNull();
  });
});
