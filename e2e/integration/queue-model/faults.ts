import type { AppError } from '#app/errors.ts';
import type { BodyReach } from '../../../main/file-store/upload-failure.ts';

/** The kinds of requests that transfers make. */
export type Operation = 'upload' | 'list' | 'content';

/** How one upload goes. All times are in milliseconds. */
export interface UploadPlan {
  /** Until the body has left, or breaks. */
  readonly sendMs: number;
  /** How far the body comes. */
  readonly reached: BodyReach;
  /** From the body's end until the server has stored the file; null if it never does. Only of a whole body. */
  readonly storeMs: number | null;
  /** From the body's end, or for a success from the storing, until the answer or the break. */
  readonly answerMs: number;
  /** What the client then says; null for a success. */
  readonly error: AppError | null;
}

/** How one page of the listing goes. */
export interface ListPlan {
  readonly waitMs: number;
  readonly error: AppError | null;
  /** Whether a row of it cannot be read. */
  readonly isGarbled: boolean;
}

/** How one download goes. */
export interface ContentPlan {
  readonly waitMs: number;
  readonly error: AppError | null;
  /** Which part of the body comes before it ends, 0 to 1; 1 for all. */
  readonly part: number;
  /** Whether a cut body looks like a whole one. */
  readonly isQuiet: boolean;
  readonly hasLength: boolean;
  readonly hasRanges: boolean;
}

/** A time in which every request of some kinds fails alike, before anything of it has an effect. */
export interface Outage {
  readonly on: Operation | 'everything';
  readonly error: AppError;
  readonly forMs: number;
}

/** What goes wrong on the way to the server. */
export interface Faults {
  readonly uploads: UploadPlan[];
  readonly lists: ListPlan[];
  readonly contents: ContentPlan[];
  begin(outage: Outage): void;
  /** The error that a request of this kind meets now; null for none. */
  find(operation: Operation | 'probe'): AppError | null;
  /** Ends all of them. */
  clear(): void;
}

/** How requests go while nothing is wrong. */
export const HEALTHY = {
  upload: { sendMs: 40, reached: 'all', storeMs: 20, answerMs: 10, error: null },
  list: { waitMs: 20, error: null, isGarbled: false },
  content: { waitMs: 20, error: null, part: 1, isQuiet: false, hasLength: true, hasRanges: true },
} as const satisfies { upload: UploadPlan; list: ListPlan; content: ContentPlan };

/** Makes a way on which nothing is wrong yet. */
export function createFaults(): Faults {
  const outages: { readonly outage: Outage; readonly until: number }[] = [];
  const [uploads, lists, contents]: [UploadPlan[], ListPlan[], ContentPlan[]] = [[], [], []];
  return {
    uploads,
    lists,
    contents,
    begin: (outage) => {
      outages.push({ outage, until: Date.now() + outage.forMs });
    },
    find: (operation) => {
      const found = outages.find(
        ({ outage, until }) => until > Date.now() && (outage.on === 'everything' || outage.on === operation),
      );
      return found?.outage.error ?? null;
    },
    clear: () => {
      for (const list of [outages, uploads, lists, contents]) list.length = 0;
    },
  };
}
