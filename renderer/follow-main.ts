import type { QueryClient } from '@tanstack/react-query';
import type { FilesApi } from '#app/contract/files-contract.ts';
import type { Deletion } from '#app/files/deletion.ts';
import type { FileIndexStatus } from '#app/files/file-index-status.ts';
import type { FilePage } from '#app/files/file-query.ts';
import { sessionOptions } from './accounts/session-queries.ts';
import { deletionsOptions, FILE_PAGES_KEY } from './files/file-queries.ts';
import { refreshFiles } from './files/refresh-files.ts';
import { createThrottle } from './throttle.ts';

/** A listing being read and thousands of uploads change the index many times a second: that many are read once, in milliseconds. */
const READ_AGAIN_MS = 100;

/** Keeps the cache true to main: each event writes the state it brings, or makes the window ask again. */
export function followMain(client: QueryClient, api: FilesApi): void {
  const readPagesAgain = () => void client.invalidateQueries({ queryKey: FILE_PAGES_KEY });
  const readPagesNowAndThen = createThrottle(readPagesAgain, READ_AGAIN_MS);
  let phase: FileIndexStatus['phase'] | undefined;
  api.onSessionChanged((session) => {
    // An answer from before the key was there is not shown for a moment when the table opens.
    client.removeQueries({ queryKey: FILE_PAGES_KEY, type: 'inactive' });
    client.setQueryData(sessionOptions.queryKey, session);
    readPagesAgain();
  });
  api.onFileIndexChanged((status) => {
    // The end of reading is shown at once: the first rows of a start wait for it.
    if (status.phase !== phase) readPagesAgain();
    else readPagesNowAndThen();
    phase = status.phase;
  });
  api.onDeletionChanged((deletion) => {
    client.setQueryData(deletionsOptions.queryKey, (old) => replaceDeletion(old ?? [], deletion));
  });
}

/** Reads the listing again when this computer is back on the network and that is what the listing failed for. */
export function refreshWhenOnline(client: QueryClient): void {
  window.addEventListener('online', () => {
    const pages = client.getQueriesData<FilePage>({ queryKey: FILE_PAGES_KEY });
    if (pages.some(([, page]) => page?.status.error?.code === 'offline')) void refreshFiles();
  });
}

/** Puts a deletion in the place of its earlier state, or at the end. */
export function replaceDeletion(deletions: readonly Deletion[], deletion: Deletion): readonly Deletion[] {
  const isKnown = deletions.some(({ id }) => id === deletion.id);
  if (!isKnown) return [...deletions, deletion];
  return deletions.map((old) => (old.id === deletion.id ? deletion : old));
}
