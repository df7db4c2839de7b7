import fc from 'fast-check';
import type { AppError } from '#app/errors.ts';
import type { TransferAnswer } from '#app/transfers/transfer.ts';
import type { FullDisk } from './disk.ts';
import type { ContentPlan, ListPlan, Outage, UploadPlan } from './faults.ts';

/**
 * One thing that happens: a person's command, a fault, another program's doing, time, or the end of the process. `pick`
 * chooses among what is there when its turn comes.
 */
export type Step =
  | { readonly kind: 'upload'; readonly name: string; readonly sizeBytes: number; readonly isCopy: boolean }
  | { readonly kind: 'save'; readonly pick: number; readonly name: string; readonly mayReplace: boolean }
  | { readonly kind: 'cancel' | 'retry' | 'check' | 'changeSource'; readonly pick: number }
  | { readonly kind: 'answer'; readonly pick: number; readonly answer: TransferAnswer }
  | { readonly kind: 'pause' | 'resume' | 'clearFinished' }
  /** The window asks for everything; the person asks for the files anew. */
  | { readonly kind: 'look' | 'refresh' }
  | { readonly kind: 'concurrency'; readonly concurrency: number }
  | { readonly kind: 'uploadFault'; readonly plan: UploadPlan }
  | { readonly kind: 'listFault'; readonly plan: ListPlan }
  | { readonly kind: 'contentFault'; readonly plan: ContentPlan }
  | { readonly kind: 'outage'; readonly outage: Outage }
  | { readonly kind: 'fullDisk'; readonly what: FullDisk; readonly isFull: boolean }
  | { readonly kind: 'othersAdd'; readonly name: string; readonly sizeBytes: number }
  | { readonly kind: 'othersDelete'; readonly pick: number }
  | { readonly kind: 'othersWrite'; readonly name: string }
  | { readonly kind: 'pass'; readonly ms: number }
  /** The process ends after so many more events; then so much time goes by before the next one. */
  | { readonly kind: 'crash'; readonly events: number; readonly leftPart: number; readonly awayMs: number }
  | { readonly kind: 'quit'; readonly awayMs: number };

/** What a person says to the queue, or does to its files. */
export type Command = Extract<
  Step,
  {
    readonly kind:
      | 'upload'
      | 'save'
      | 'cancel'
      | 'retry'
      | 'check'
      | 'changeSource'
      | 'answer'
      | 'pause'
      | 'resume'
      | 'clearFinished'
      | 'concurrency';
  }
>;

/** A whole run. */
export interface Run {
  readonly steps: readonly Step[];
  readonly clockAheadMs: number;
  readonly syncMs: number;
  /** For what the app leaves to chance. */
  readonly seed: number;
}

/** The same name in both of its Unicode forms, and another. */
const uploadName = fc.constantFrom('a.txt', '\u00e9.txt', 'e\u0301.txt');
/** Most are of one size: only then can one be taken for another. */
const sizeBytes = fc.constantFrom(20, 20, 20, 30);
const saveName = fc.constantFrom('a.out', 'b.out');
const pick = fc.nat({ max: 20 });
const aShortWhile = fc.constantFrom(0, 1, 10, 30, 100);
const aWhile = fc.oneof(aShortWhile, fc.constantFrom(1000, 4000, 7000, 15_000, 35_000, 70_000));
const storeMs = fc.option(fc.constantFrom(0, 15, 100, 4000, 6000, 12_000, 20_000), { nil: null });

const refusal = fc.constantFrom<AppError>(
  { code: 'unauthorized' },
  { code: 'uploadForbidden', serverMessage: '', mayBeFull: true },
  { code: 'paymentRequired', serverMessage: '' },
  { code: 'rateLimited', retryAfterMs: null },
  { code: 'rateLimited', retryAfterMs: 3000 },
  { code: 'rateLimited', retryAfterMs: 40_000 },
  { code: 'invalidFile', serverMessage: '' },
);
const unreachable = fc.constantFrom<AppError>({ code: 'offline' }, { code: 'connectionLost' });
const breakage = fc.constantFrom<AppError>(
  { code: 'connectionLost' },
  { code: 'timedOut' },
  { code: 'offline' },
  { code: 'serverFailed', serverMessage: '' },
  { code: 'providerFailed', serverMessage: '' },
  { code: 'unavailable', retryAfterMs: null },
  { code: 'unavailable', retryAfterMs: 8000 },
  { code: 'unexpectedAnswer', status: 200, detail: 'html' },
);
const answerError = fc.constantFrom<AppError>(
  { code: 'unauthorized' },
  { code: 'paymentRequired', serverMessage: '' },
  { code: 'rateLimited', retryAfterMs: 2000 },
  { code: 'serverFailed', serverMessage: '' },
  { code: 'unavailable', retryAfterMs: null },
  { code: 'connectionLost' },
  { code: 'offline' },
  { code: 'unexpectedAnswer', status: 200, detail: 'html' },
);

const times = { sendMs: aWhile, answerMs: aWhile };
const uploadPlan: fc.Arbitrary<UploadPlan> = fc.oneof(
  // It succeeds, slowly.
  fc.record({
    ...times,
    reached: fc.constant('all' as const),
    storeMs: storeMs.map((ms) => ms ?? 0),
    error: fc.constant(null),
  }),
  fc.record({
    ...times,
    reached: fc.constant('nothing' as const),
    storeMs: fc.constant(null),
    error: fc.oneof(refusal, unreachable),
  }),
  fc.record({ ...times, reached: fc.constant('part' as const), storeMs: fc.constant(null), error: breakage }),
  {
    weight: 3,
    arbitrary: fc.record({ ...times, reached: fc.constant('all' as const), storeMs, error: breakage }),
  },
);
const listPlan: fc.Arbitrary<ListPlan> = fc.record({
  waitMs: aWhile,
  isGarbled: fc.boolean(),
  error: fc.option(answerError, { nil: null }),
});
const contentPlan: fc.Arbitrary<ContentPlan> = fc.record({
  waitMs: aWhile,
  error: fc.option(answerError, { nil: null, freq: 2 }),
  part: fc.constantFrom(0, 0.3, 0.7, 1),
  isQuiet: fc.boolean(),
  hasLength: fc.boolean(),
  hasRanges: fc.boolean(),
});
const outage: fc.Arbitrary<Outage> = fc.record({
  on: fc.constantFrom('everything', 'upload', 'list', 'content'),
  error: answerError,
  forMs: fc.constantFrom(50, 2000, 10_000, 50_000),
});

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('upload' as const),
      name: uploadName,
      sizeBytes,
      isCopy: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('save' as const),
      pick,
      name: saveName,
      mayReplace: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('cancel' as const, 'retry' as const, 'check' as const),
      pick,
    }),
  },
  fc.record({ kind: fc.constant('changeSource' as const), pick }),
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('answer' as const),
      pick,
      answer: fc.constantFrom('upload' as const, 'upload' as const, 'upload' as const, 'skip' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'pause' as const,
        'resume' as const,
        'clearFinished' as const,
        'look' as const,
        'refresh' as const,
      ),
    }),
  },
  fc.record({ kind: fc.constant('concurrency' as const), concurrency: fc.integer({ min: 1, max: 8 }) }),
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('uploadFault' as const), plan: uploadPlan }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('listFault' as const), plan: listPlan }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('contentFault' as const), plan: contentPlan }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('outage' as const), outage }) },
  fc.record({
    kind: fc.constant('fullDisk' as const),
    what: fc.constantFrom('journal' as const, 'saves' as const),
    isFull: fc.boolean(),
  }),
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('othersAdd' as const), name: uploadName, sizeBytes }),
  },
  fc.record({ kind: fc.constant('othersDelete' as const), pick }),
  fc.record({ kind: fc.constant('othersWrite' as const), name: saveName }),
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: aWhile }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('crash' as const),
      events: fc.nat({ max: 60 }),
      leftPart: fc.constantFrom(0, 0.4, 0.9, 1),
      awayMs: aWhile,
    }),
  },
  fc.record({ kind: fc.constant('quit' as const), awayMs: aWhile }),
);

/** All runs. */
export const anyRun: fc.Arbitrary<Run> = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 30, size: 'max' }),
  clockAheadMs: fc.constantFrom(0, -120_000, 120_000),
  syncMs: fc.constantFrom(0, 5, 40),
  seed: fc.integer(),
});
