import { createFileId } from '../../server/file-id.ts';
import { createRandom } from '../../server/random.ts';
import { seedFiles } from '../../server/seed.ts';
import type { StoredFile } from '../../server/store.ts';

/** When the newest of the made-up files was made: a fixed time, so that all runs see the same dates. */
const NEWEST_AT = Date.UTC(2026, 4, 31, 12);
const SEED = 4;

/** Makes up the files of a large location, oldest first: the same for the same count, in whatever process. */
export function createListingFiles(count: number): readonly StoredFile[] {
  const random = createRandom(SEED);
  return Array.from(seedFiles(count, { seed: SEED, now: NEWEST_AT }), (file) => ({
    id: createFileId(random, 'current'),
    name: file.name,
    mimeType: file.mimeType ?? 'text/plain',
    sizeBytes: file.content?.sizeBytes ?? file.sizeBytes ?? 0,
    // The wire has whole seconds.
    createdAt: Math.floor((file.createdAt ?? 0) / 1000) * 1000,
    downloadable: file.content !== undefined,
    sha256: null,
    content: null,
    workspaceId: 'bench',
    storage: 'openrouter',
  }));
}
