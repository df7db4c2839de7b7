import type { FileIndexStatus } from '#app/files/file-index-status.ts';

/**
 * Changes that follow one another faster are told together: each makes the window ask for its page again, and rows that
 * move more often under the pointer than this could be neither read nor met.
 */
const TELL_EVERY_MS = 1000;

/** The status of an index, and who is told of it. */
export interface IndexStatus {
  current(): FileIndexStatus;
  /** Makes a change. What is told `soon` may be told with what follows; the first one is told at once. */
  change(next: Partial<Omit<FileIndexStatus, 'revision'>>, when: 'now' | 'soon'): void;
  /** Nothing is told afterwards. */
  close(): void;
}

/** Makes the status of an index that knows nothing yet. */
export function createIndexStatus(onChange: (status: FileIndexStatus) => void): IndexStatus {
  let status: FileIndexStatus = {
    phase: 'reading',
    isFromLastTime: false,
    knownFiles: 0,
    readFiles: 0,
    unreadableRows: 0,
    isFull: false,
    error: null,
    revision: 0,
    completedAt: null,
  };
  let isClosed = false;
  let toldAt = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | null = null;

  const tell = () => {
    if (timer) clearTimeout(timer);
    timer = null;
    toldAt = performance.now();
    onChange(status);
  };
  return {
    current: () => status,
    change: (next, when) => {
      status = { ...status, ...next, revision: status.revision + 1 };
      if (isClosed) return;
      const waitMs = toldAt + TELL_EVERY_MS - performance.now();
      if (when === 'now' || waitMs <= 0) tell();
      else timer ??= setTimeout(tell, waitMs);
    },
    close: () => {
      isClosed = true;
      if (timer) clearTimeout(timer);
    },
  };
}
