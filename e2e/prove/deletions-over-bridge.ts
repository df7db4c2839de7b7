import type { Page } from '@playwright/test';
import type { FilesApi } from '#app/contract/files-contract.ts';
import type { Deletion } from '#app/files/deletion.ts';
import type { FileView } from '#app/files/file-query.ts';
import { locationOf, viewOf } from '../harness/location-of.ts';
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
  const view = await viewOf(page);
  const countFiles = () =>
    page.evaluate(
      async ([shown, view]) => {
        // The bridge, as the preload script puts it there.
        const { files } = window as unknown as { readonly files: FilesApi };
        const found = await files.queryFiles({ ...shown, query: { ...view, offset: 0, limit: 1 } });
        return found.ok && found.value.status.phase === 'complete' ? found.value.fileCount : 0;
      },
      [view, ALL] as const,
    );
  await expect.poll(countFiles).toBe(count);
}

/** Begins to delete all files, as the window does when the person has said so. */
export async function beginDeletion(page: Page): Promise<Deletion> {
  const result = await page.evaluate(
    async ([shown, view]) => {
      const { files } = window as unknown as { readonly files: FilesApi };
      await files.changeSelection({
        ...shown,
        change: { kind: 'allMatching', view },
        page: { ...view, offset: 0, limit: 1 },
      });
      const draft = await files.draftDeletion({ ...shown, target: { kind: 'selection' } });
      return draft.ok
        ? files.beginDeletion({ ...shown, id: draft.value.id, count: draft.value.count })
        : draft;
    },
    [await viewOf(page), ALL] as const,
  );
  if (!result.ok) throw new Error(`The deletion did not begin: ${result.error.code}`);
  return result.value;
}

/** Stops a deletion. */
export async function cancelDeletion(page: Page, id: string): Promise<void> {
  await page.evaluate(
    ([shown, deletionId]) => {
      const { files } = window as unknown as { readonly files: FilesApi };
      return files.cancelDeletion({ ...shown, id: deletionId });
    },
    [await locationOf(page), id] as const,
  );
}

/** Asks main, as the window itself does, for all deletions. */
export async function listDeletions(page: Page): Promise<readonly Deletion[]> {
  const result = await page.evaluate(
    (shown) => {
      const { files } = window as unknown as { readonly files: FilesApi };
      return files.listDeletions(shown);
    },
    await locationOf(page),
  );
  if (!result.ok) throw new Error(`The deletions cannot be listed: ${result.error.code}`);
  return result.value;
}
