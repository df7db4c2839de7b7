import type { Page } from '@playwright/test';
import type { FilesApi } from '#app/contract/files-contract.ts';
import type { Deletion } from '#app/files/deletion.ts';
import type { FileView } from '#app/files/file-query.ts';
import { expect } from '../harness/test.ts';

const ALL: FileView = {
  filter: {
    search: '',
    kinds: [],
    isSaveable: null,
    minSizeBytes: null,
    maxSizeBytes: null,
    createdFrom: null,
    createdBefore: null,
  },
  folder: null,
  sort: { by: 'created', isDescending: true },
};

/** Settles when main has read the whole listing, and it has so many files. */
export async function whenListed(page: Page, count: number): Promise<void> {
  const countFiles = () =>
    page.evaluate(async (view) => {
      // The bridge, as the preload script puts it there.
      const { files } = window as unknown as { readonly files: FilesApi };
      const found = await files.queryFiles({ ...view, offset: 0, limit: 1 });
      return found.ok && found.value.status.phase === 'complete' ? found.value.fileCount : 0;
    }, ALL);
  await expect.poll(countFiles).toBe(count);
}

/** Begins to delete all files, as the window does when the person has said so. */
export async function beginDeletion(page: Page): Promise<Deletion> {
  const result = await page.evaluate(async (view) => {
    const { files } = window as unknown as { readonly files: FilesApi };
    await files.changeSelection({
      change: { kind: 'allMatching', view },
      page: { ...view, offset: 0, limit: 1 },
    });
    const draft = await files.draftDeletion({ kind: 'selection' });
    return draft.ok ? files.beginDeletion({ id: draft.value.id, count: draft.value.count }) : draft;
  }, ALL);
  if (!result.ok) throw new Error(`The deletion did not begin: ${result.error.code}`);
  return result.value;
}

/** Stops a deletion. */
export async function cancelDeletion(page: Page, id: string): Promise<void> {
  await page.evaluate((deletionId) => {
    const { files } = window as unknown as { readonly files: FilesApi };
    return files.cancelDeletion({ id: deletionId });
  }, id);
}

/** Asks main, as the window itself does, for all deletions. */
export async function listDeletions(page: Page): Promise<readonly Deletion[]> {
  const result = await page.evaluate(() => {
    const { files } = window as unknown as { readonly files: FilesApi };
    return files.listDeletions();
  });
  if (!result.ok) throw new Error(`The deletions cannot be listed: ${result.error.code}`);
  return result.value;
}
