import type { QueryClient } from '@tanstack/react-query';
import type { Session } from '#app/accounts/session.ts';
import type { FilesApi, InLocation } from '#app/contract/files-contract.ts';
import { isUnreachable, mayPass } from '#app/errors.ts';
import type { Deletion } from '#app/files/deletion.ts';
import type { FileIndexStatus } from '#app/files/file-index-status.ts';
import { tellOfLostRecords } from './accounts/lost-records.ts';
import { sessionOptions } from './accounts/session-queries.ts';
import { type AnsweredPage, deletionsOptions, filePageOptions, toPagesKey } from './files/file-queries.ts';
import { readFirstQuery } from './files/first-query.ts';
import { refreshFiles } from './files/refresh-files.ts';
import { findView, inLocation, inView, isInView, showView } from './location-in-view.ts';
import { createThrottle } from './throttle.ts';
import { followTransfers } from './transfers/use-transfers.ts';

/** A listing being read and thousands of uploads change the index many times a second: that many are read once, in milliseconds. */
const READ_AGAIN_MS = 100;

/** Keeps the cache true to main: each event writes the state it brings, or makes the window ask again. */
export function followMain(client: QueryClient, api: FilesApi): void {
  const readPagesAgain = () => {
    const queryKey = toPagesKey(inView());
    // Pages that were fetched ahead are not shown as they were. Before one is in view, what there is is on its way to it.
    if (client.getQueryCache().find({ queryKey, exact: false, type: 'active' })) {
      client.removeQueries({ queryKey, type: 'inactive' });
    }
    void client.invalidateQueries({ queryKey });
  };
  const readNowAndThen = createThrottle(readPagesAgain, READ_AGAIN_MS);
  const readPagesNowAndThen = (event: InLocation) => {
    if (isInView(event)) readNowAndThen();
  };
  let phase: FileIndexStatus['phase'] | undefined;
  api.onSessionChanged((session) => {
    openSession(client, session);
    client.setQueryData(sessionOptions.queryKey, session);
    // It may have been open before, with another key.
    if (session.phase === 'ready') readPagesAgain();
  });
  api.onFileIndexChanged(({ locationId, status }) => {
    if (!isInView({ locationId })) return;
    // The end of reading is shown at once: the first rows of a start wait for it.
    if (status.phase !== phase) readPagesAgain();
    else readNowAndThen();
    phase = status.phase;
  });
  api.onSelectionChanged((event) => {
    if (event.viewId === findView()?.viewId) readPagesNowAndThen(event);
  });
  api.onDeletionChanged(({ locationId, deletion }) => {
    client.setQueryData(deletionsOptions({ locationId }).queryKey, (old) =>
      replaceDeletion(old ?? [], deletion),
    );
    // Rows tell whether they are being deleted.
    readPagesNowAndThen({ locationId });
  });
}

/**
 * Shows a session's location: asks for all of it at once, before anything is drawn, so that the first page is there when
 * the table is.
 */
export function openSession(client: QueryClient, session: Session): void {
  if (session.phase !== 'ready') return;
  const { location, viewId, lostRecords } = session;
  showView({ locationId: location.id, viewId });
  tellOfLostRecords(lostRecords);
  void client.prefetchQuery(filePageOptions(inView(), readFirstQuery()));
  void client.prefetchQuery(deletionsOptions(inLocation()));
  followTransfers(inLocation());
}

/** Somebody who goes to and fro between windows does not want a request each time, in milliseconds. */
const CATCH_UP_MS = 5000;

/**
 * Looks for new files when a person comes back to the window: what a model has made meanwhile is there without a press.
 * A list that could not be read is tried again where that may help; its message stays until the server has answered, as
 * the press that brings the window to the front may be on it.
 */
export function catchUpWhenBack(client: QueryClient, api: FilesApi): void {
  const catchUp = createThrottle(() => void api.catchUpFiles(inLocation()), CATCH_UP_MS);
  let wasLeft = false;
  window.addEventListener('blur', () => {
    wasLeft = true;
  });
  window.addEventListener('focus', () => {
    if (wasLeft && readStatuses(client).some(isWorthCatchingUp)) catchUp();
    wasLeft = false;
  });
}

function isWorthCatchingUp({ phase, error }: FileIndexStatus): boolean {
  return (
    phase === 'complete' || (phase === 'failed' && error !== null && (mayPass(error) || isUnreachable(error)))
  );
}

/** Reads the listing again when this computer is back on the network and the way there is what the listing failed for. */
export function refreshWhenOnline(client: QueryClient): void {
  window.addEventListener('online', () => {
    if (readStatuses(client).some(({ error }) => error !== null && isUnreachable(error))) void refreshFiles();
  });
}

/** The state of the index in view as the pages in the cache tell it; none before there is a location. */
function readStatuses(client: QueryClient): readonly FileIndexStatus[] {
  const view = findView();
  if (view === null) return [];
  const answers = client.getQueriesData<AnsweredPage>({ queryKey: toPagesKey(view) });
  return answers.flatMap(([, answer]) => (answer ? [answer.page.status] : []));
}

/** Puts a deletion in the place of its earlier state, or at the end. */
export function replaceDeletion(deletions: readonly Deletion[], deletion: Deletion): readonly Deletion[] {
  const isKnown = deletions.some(({ id }) => id === deletion.id);
  if (!isKnown) return [...deletions, deletion];
  return deletions.map((old) => (old.id === deletion.id ? deletion : old));
}
