import type { QueryClient } from '@tanstack/react-query';
import type { FilesApi } from '#app/contract/files-contract.ts';
import type { Deletion } from '#app/files/deletion.ts';
import { sessionOptions } from './accounts/session-queries.ts';
import { deletionsOptions, FILE_PAGES_KEY } from './files/file-queries.ts';

/** Keeps the cache true to main: each event writes the state it brings, or makes the window ask again. */
export function followMain(client: QueryClient, api: FilesApi): void {
  const readPagesAgain = () => void client.invalidateQueries({ queryKey: FILE_PAGES_KEY });
  api.onSessionChanged((session) => {
    // An answer from before the key was there is not shown for a moment when the table opens.
    client.removeQueries({ queryKey: FILE_PAGES_KEY, type: 'inactive' });
    client.setQueryData(sessionOptions.queryKey, session);
    readPagesAgain();
  });
  api.onFileIndexChanged(readPagesAgain);
  api.onDeletionChanged((deletion) => {
    client.setQueryData(deletionsOptions.queryKey, (old) => replaceDeletion(old ?? [], deletion));
  });
}

/** Puts a deletion in the place of its earlier state, or at the end. */
export function replaceDeletion(deletions: readonly Deletion[], deletion: Deletion): readonly Deletion[] {
  const isKnown = deletions.some(({ id }) => id === deletion.id);
  if (!isKnown) return [...deletions, deletion];
  return deletions.map((old) => (old.id === deletion.id ? deletion : old));
}
