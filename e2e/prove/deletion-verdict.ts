import type { LoggedRequest } from '../server/request-log.ts';

/** All that is known of a deletion from outside, when it has come to its end. */
export interface DeletionFacts {
  readonly wantedIds: readonly string[];
  /** Files that were not to be touched. */
  readonly otherIds: readonly string[];
  /** What is on the server then. */
  readonly remainingIds: ReadonlySet<string>;
  /** Codes of the reasons that the app shows on the rows that it could not delete, by id. */
  readonly shownReasons: ReadonlyMap<string, string>;
  readonly requests: readonly LoggedRequest[];
}

/** What a deletion must never do, each in words. */
export interface DeletionVerdict {
  /** Neither gone nor listed with a reason, or gone and listed all the same. */
  readonly untold: readonly string[];
  /** Gone, or asked for, although nobody wanted that. */
  readonly touched: readonly string[];
  /** Asked for more often than what went wrong explains. */
  readonly repeated: readonly string[];
}

interface Calls {
  deletions: number;
  /** Deletions that a fault has hit, and so may be sent again. */
  hits: number;
  lookUps: number;
  /** Deletions whose outcome the app cannot know: each may be followed by one look. */
  openOutcomes: number;
}

/** Judges a deletion. */
export function judgeDeletion(facts: DeletionFacts): DeletionVerdict {
  const { wantedIds, otherIds, remainingIds, shownReasons } = facts;
  const calls = countCalls(facts.requests);
  return {
    untold: wantedIds.flatMap((id) => {
      const [isThere, reason] = [remainingIds.has(id), shownReasons.get(id)];
      if (isThere && reason === undefined) return [`${id} is there, and no reason is shown`];
      return !isThere && reason !== undefined ? [`${id} is gone, and shown as ${reason}`] : [];
    }),
    touched: [
      ...otherIds.filter((id) => !remainingIds.has(id)).map((id) => `${id} is gone`),
      ...otherIds.filter((id) => calls.has(id)).map((id) => `${id} was asked for`),
      ...[...shownReasons.keys()].filter((id) => !wantedIds.includes(id)).map((id) => `${id} has a reason`),
    ],
    repeated: [...calls].flatMap(([id, { deletions, hits, lookUps, openOutcomes }]) => [
      ...(deletions > hits + 1 ? [`${id} was asked for ${deletions} times, ${hits} of which failed`] : []),
      ...(lookUps > openOutcomes ? [`${id} was looked for ${lookUps} times after ${openOutcomes}`] : []),
    ]),
  };
}

function countCalls(requests: readonly LoggedRequest[]): ReadonlyMap<string, Calls> {
  const calls = new Map<string, Calls>();
  for (const { operation, path, fault, status } of requests) {
    if (operation !== 'delete' && operation !== 'retrieve') continue;
    const id = path.slice(path.lastIndexOf('/') + 1);
    const own = calls.get(id) ?? { deletions: 0, hits: 0, lookUps: 0, openOutcomes: 0 };
    calls.set(id, own);
    if (operation === 'retrieve') own.lookUps += 1;
    else {
      own.deletions += 1;
      if (fault !== null) own.hits += 1;
      if (fault !== null && status === 500) own.openOutcomes += 1;
    }
  }
  return calls;
}
