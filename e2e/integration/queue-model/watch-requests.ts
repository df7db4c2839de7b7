import type { Transfer } from '#app/transfers/transfer.ts';
import type { RequestWatch } from './client-model.ts';
import { isAtWork } from './watch-queue.ts';

/** Looks at what transfers ask of the server. */
export interface RequestRules extends Omit<RequestWatch, 'onRows'> {
  /** The key may be tried again: a person said so, or another process runs. */
  allowKey(): void;
}

/** More requests of one kind than this, in so many milliseconds, are a loop without a pause. */
const MAX_REQUESTS = 25;
const RATE_WINDOW_MS = 2000;
/** A refused save clears away its part before it says what it met. */
const CLEARING_MS = 200;

/** Makes a watch; `list` gives the transfers as they are. */
export function createRequestRules(
  list: () => readonly Transfer[],
  report: (fault: string) => void,
): RequestRules {
  /** The attempts that were under way when the key was refused, by transfer id; null while it has not been. */
  let underWay: ReadonlyMap<string, number | null> | null = null;

  let refusedAt = 0;

  const checkKey = (transfer: Transfer | undefined, what: string) => {
    if (!underWay || Date.now() < refusedAt + CLEARING_MS) return;
    const isOlder = transfer && underWay.has(transfer.id) && underWay.get(transfer.id) === transfer.startedAt;
    if (!isOlder) report(`${what} after the key had been refused`);
  };
  /** When requests of one kind began, by kind. */
  const begun = new Map<string, number[]>();
  const checkRate = (kind: string) => {
    const now = Date.now();
    const recent = (begun.get(kind) ?? []).filter((at) => at > now - RATE_WINDOW_MS);
    begun.set(kind, [...recent, now]);
    if (recent.length >= MAX_REQUESTS) report(`Too often: ${kind}`);
  };
  return {
    allowKey: () => {
      underWay = null;
    },
    onUpload: (name) => {
      const sending = list().filter((one) => one.state === 'sending' && one.name === name);
      if (sending.length !== 1) report(`${sending.length} transfers send one name`);
      checkKey(sending[0], 'An upload was sent');
      checkRate(`upload of ${sending[0]?.id}`);
      return sending[0]?.id ?? null;
    },
    onContent: (fileId) => {
      const saves = list().filter(
        (one) => one.direction === 'save' && one.fileId === fileId && isAtWork(one),
      );
      const older = saves.find(({ id, startedAt }) => underWay?.get(id) === startedAt);
      checkKey(older ?? saves[0], 'A file was asked for');
      checkRate(`content of ${fileId}`);
    },
    onListing: () => {
      checkKey(undefined, 'The listing was read');
      checkRate('listing');
    },
    onProbe: () => checkKey(undefined, 'The server was probed'),
    onUnauthorized: () => {
      refusedAt = Date.now();
      underWay = new Map(
        list()
          .filter(isAtWork)
          .map(({ id, startedAt }) => [id, startedAt]),
      );
    },
  };
}
