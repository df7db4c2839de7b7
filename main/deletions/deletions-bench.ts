import { type AppError, AppFailure } from '#app/errors.ts';
import type { Deletion } from '#app/files/deletion.ts';
import type { RemoteFile } from '#app/files/remote-file.ts';
import { createManualClock, type ManualClock } from '../engine/manual-clock.ts';
import { createPacer } from '../engine/pacer.ts';
import type { FileSet } from '../file-index/file-index.ts';
import { createMemoryStore, type MemoryStore } from '../store/memory-store.ts';
import type { Store } from '../store/store.ts';
import { openDeletionJournal } from './deletion-journal.ts';
import { createDeletions, type Deletions } from './deletions.ts';

/** How the server of a test answers; nothing set means that all goes well. */
export interface TestServer {
  /** What the n-th request (from 1) to delete a file meets, null for a success. */
  readonly deleteError?: (id: string, attempt: number) => AppError | null;
  /** What looking for a file meets; null when it is there, `notFound` once it was deleted unless told. */
  readonly readError?: (id: string) => AppError | null;
  /** Rejects while there is no way to the server. */
  readonly probe?: () => Promise<void>;
  /** Answers wait until this settles. */
  readonly until?: Promise<unknown>;
  /** How long an answer takes, in milliseconds; 1 unless told. */
  readonly answerMs?: number;
}

/** Deletions whose clock, server and disk are a test's. */
export interface DeletionsBench {
  readonly deletions: Deletions;
  readonly clock: ManualClock;
  /** Requests to delete, in order. */
  readonly sent: readonly string[];
  /** Files that are gone, as they were told. */
  readonly gone: readonly string[];
  readonly kept: readonly string[];
  readonly begun: readonly string[];
  readonly changes: readonly Deletion[];
  /** Most requests that were under way at once. */
  readonly mostUnderWay: () => number;
  /** Settles when requests that take too long have been broken off, which the computer's own clock decides. */
  readonly whenBrokenOff: () => Promise<void>;
  readonly restCount: () => number;
  /** Drafts these files and begins at once. */
  readonly begin: (ids: readonly string[]) => Promise<Deletion>;
}

/** How long nothing is sent, in milliseconds. */
export const GRACE_MS = 10_000;

/** Opens deletions on a store of their own, which is empty. */
export async function openDeletionsBench(
  server: TestServer = {},
): Promise<DeletionsBench & { readonly store: MemoryStore }> {
  const store = createMemoryStore();
  return { ...(await openDeletionsOn(store, server)), store };
}

/** Opens deletions on what a store holds. */
export async function openDeletionsOn(store: Store, server: TestServer = {}): Promise<DeletionsBench> {
  const clock = createManualClock();
  const sent: string[] = [];
  const gone: string[] = [];
  const kept: string[] = [];
  const begun: string[] = [];
  const changes: Deletion[] = [];
  const onServer = createAnswers(server, sent, clock);
  let restCount = 0;
  const deletions = createDeletions({
    ...onServer,
    clock,
    pacer: createPacer({ clock, probe: server.probe ?? (async () => undefined) }),
    opened: await openDeletionJournal(store, 'here'),
    readUndoMs: () => GRACE_MS,
    findName: (id) => `${id}.txt`,
    listUnfinishedDownloads: () => [],
    onBegun: async (ids) => void begun.push(...ids),
    onDeleted: (ids) => gone.push(...ids),
    onKept: (ids) => kept.push(...ids),
    onChange: (deletion) => changes.push(deletion),
    onRest: () => {
      restCount += 1;
    },
    toUnexpected: () => ({ code: 'unexpected', errorId: 'error-1' }),
  });
  return {
    deletions,
    clock,
    sent,
    gone,
    kept,
    begun,
    changes,
    mostUnderWay: onServer.mostUnderWay,
    whenBrokenOff: onServer.whenBrokenOff,
    restCount: () => restCount,
    begin: async (ids) => {
      const { id, count } = await deletions.draft(toFileSet(ids), 'view');
      return deletions.begin(id, count, 'view');
    },
  };
}

/** Makes a set of files that are there; `leftOutCount` others were left out. */
export function toFileSet(ids: readonly string[], leftOutCount = 0): FileSet {
  return {
    count: ids.length,
    leftOutCount,
    has: (id) => ids.includes(id),
    summary: async () => ({
      count: ids.length,
      sizeBytes: ids.length,
      saveableCount: 0,
      kinds: [],
      firstFiles: ids.slice(0, 1).map(toFile),
    }),
    ids: async () => ids,
    files: async () => ids.map(toFile),
  };
}

function createAnswers(server: TestServer, sent: string[], clock: ManualClock) {
  const deleted = new Set<string>();
  const attempts = new Map<string, number>();
  let underWay = 0;
  let mostUnderWay = 0;
  let noteBrokenOff: () => void = () => undefined;
  const brokenOff = new Promise<void>((resolve) => {
    noteBrokenOff = resolve;
  });
  const answer = async (error: AppError | null, signal: AbortSignal) => {
    underWay += 1;
    mostUnderWay = Math.max(mostUnderWay, underWay);
    await clock.sleep(server.answerMs ?? 1, signal).catch(() => undefined);
    if (server.until) await Promise.race([server.until, whenAborted(signal)]);
    underWay -= 1;
    if (signal.aborted) {
      noteBrokenOff();
      throw new AppFailure({ code: 'cancelled' });
    }
    if (error) throw new AppFailure(error);
  };
  return {
    mostUnderWay: () => mostUnderWay,
    whenBrokenOff: () => brokenOff,
    deleteFile: async (id: string, signal: AbortSignal) => {
      sent.push(id);
      const attempt = (attempts.get(id) ?? 0) + 1;
      attempts.set(id, attempt);
      const error = server.deleteError?.(id, attempt) ?? null;
      if (error === null) deleted.add(id);
      await answer(error, signal);
    },
    readFile: async (id: string, signal: AbortSignal) => {
      const gone: AppError | null = deleted.has(id) ? { code: 'notFound' } : null;
      await answer(server.readError ? server.readError(id) : gone, signal);
      return toFile(id);
    },
  };
}

function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function toFile(id: string): RemoteFile {
  return { id, name: `${id}.txt`, mimeType: 'text/plain', sizeBytes: 1, createdAt: 1, isSaveable: false };
}
