import type { Transfer, TransferState } from '#app/transfers/transfer.ts';
import { formatFacts } from '../texts/format.ts';
import { texts } from '../texts/texts.ts';

/** What happens within this time is told together, in milliseconds. */
const GATHER_MS = 1000;
/** The least time between two announcements, in milliseconds: thousands of files must not talk all the time. */
const PAUSE_MS = 10_000;

/** Tells what becomes of transfers in few words. */
export interface TransferNews {
  /** Takes in the queue as it stands; what it held at first is no news. */
  readonly follow: (transfers: readonly Transfer[]) => void;
}

/** Builds the news of transfers: endings and questions, many at a time, through `say`. What a person did is no news to them. */
export function createTransferNews(say: (text: string) => void): TransferNews {
  let known: ReadonlyMap<string, TransferState> | null = null;
  let fresh: Transfer[] = [];
  let saidAt = Number.NEGATIVE_INFINITY;
  const tell = () => {
    saidAt = performance.now();
    say(describeNews(fresh));
    fresh = [];
  };
  return {
    follow: (transfers) => {
      const before = known;
      known = new Map(transfers.map(({ id, state }) => [id, state]));
      if (before === null) return;
      const isFirst = fresh.length === 0;
      for (const transfer of transfers) {
        if (isNews(transfer.state) && before.get(transfer.id) !== transfer.state) fresh.push(transfer);
      }
      if (!isFirst || fresh.length === 0) return;
      setTimeout(tell, Math.max(GATHER_MS, saidAt + PAUSE_MS - performance.now()));
    },
  };
}

function isNews(state: TransferState): boolean {
  return state === 'done' || state === 'failed' || state === 'unknown' || state === 'asking';
}

function describeNews(transfers: readonly Transfer[]): string {
  const words = texts.transfers;
  const count = (isCounted: (transfer: Transfer) => boolean) => transfers.filter(isCounted).length;
  const uploads = count(({ direction, state }) => state === 'done' && direction === 'upload');
  const saves = count(({ direction, state }) => state === 'done' && direction === 'save');
  const failures = count(({ state }) => state === 'failed');
  const unknown = count(({ state }) => state === 'unknown');
  const questions = count(({ state }) => state === 'asking');
  return formatFacts([
    ...(uploads === 0 ? [] : [words.finishedUploads(uploads)]),
    ...(saves === 0 ? [] : [words.finishedSaves(saves)]),
    ...(failures === 0 ? [] : [words.finishedFailures(failures)]),
    ...(unknown === 0 ? [] : [words.finishedUnknown(unknown)]),
    ...(questions === 0 ? [] : [words.newQuestions(questions)]),
  ]);
}
