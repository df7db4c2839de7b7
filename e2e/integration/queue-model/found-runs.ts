import type { ContentPlan, UploadPlan } from './faults.ts';
import type { Run, Step } from './steps.ts';

/** A run that a queue once failed, and what it did. */
export interface FoundRun {
  readonly fault: string;
  readonly run: Run;
}

const LOST: UploadPlan = {
  sendMs: 0,
  reached: 'all',
  storeMs: null,
  answerMs: 0,
  error: { code: 'connectionLost' },
};
const WHOLE: ContentPlan = {
  waitMs: 20,
  error: null,
  part: 1,
  isQuiet: false,
  hasLength: true,
  hasRanges: true,
};

const upload = (name = 'a.txt', sizeBytes = 20): Step => ({ kind: 'upload', name, sizeBytes, isCopy: false });
const save = (name = 'a.out', pick = 0, mayReplace = false): Step => ({
  kind: 'save',
  pick,
  name,
  mayReplace,
});
const uploadFault = (plan: Partial<UploadPlan> = {}): Step => ({
  kind: 'uploadFault',
  plan: { ...LOST, ...plan },
});
const contentFault = (plan: Partial<ContentPlan>): Step => ({
  kind: 'contentFault',
  plan: { ...WHOLE, ...plan },
});
const outage = (
  on: 'everything' | 'list' | 'content',
  code: 'unauthorized' | 'connectionLost',
  forMs: number,
): Step => ({
  kind: 'outage',
  outage: { on, error: { code }, forMs },
});
const noListing = (forMs: number): Step => ({
  kind: 'outage',
  outage: { on: 'list', error: { code: 'unexpectedAnswer', status: 200, detail: 'html' }, forMs },
});
const unpaid: Step = {
  kind: 'outage',
  outage: { on: 'everything', error: { code: 'paymentRequired', serverMessage: '' }, forMs: 10_000 },
};
const pass = (ms: number): Step => ({ kind: 'pass', ms });
const crash = (events: number, awayMs = 1000): Step => ({ kind: 'crash', events, leftPart: 0, awayMs });
const quit: Step = { kind: 'quit', awayMs: 0 };
const one = (kind: 'cancel' | 'check' | 'retry', pick = 0): Step => ({ kind, pick });

function found(fault: string, steps: readonly Step[], syncMs = 0): FoundRun {
  return { fault, run: { steps, clockAheadMs: 0, syncMs, seed: 0 } };
}

/** They stay, so that nothing is found twice. */
export const FOUND_RUNS: readonly FoundRun[] = [
  found('forgot the part of a save that no record told of', [save(), crash(2)]),
  found('looked for one upload beside another of its name', [
    upload(),
    uploadFault(),
    noListing(70_000),
    pass(70_000),
    upload(),
    { kind: 'answer', pick: 0, answer: 'upload' },
    uploadFault({ sendMs: 1000, answerMs: 4000, storeMs: 0, error: null }),
    pass(1000),
    one('check'),
  ]),
  found('threw at a cancel while a save was recovered', [save(), quit, one('cancel'), save()]),
  found('read the listing after the key had been refused', [
    upload('a.txt'),
    uploadFault({ answerMs: 1000 }),
    upload('\u00e9.txt'),
    outage('everything', 'unauthorized', 2000),
    pass(70_000),
  ]),
  found(
    'began a due attempt before it knew what was under way',
    [upload(), outage('everything', 'connectionLost', 50_000), upload(), pass(10), crash(37)],
    40,
  ),
  found('was busy with what only a person could let go on', [
    contentFault({ waitMs: 1000, error: { code: 'unauthorized' } }),
    uploadFault({ sendMs: 1000 }),
    upload(),
    save(),
    pass(1000),
  ]),
  found('took the file of another save for its own', [save(), save(), quit, crash(22), pass(1000)]),
  found('took the file of another open upload for its own', [
    upload(),
    uploadFault({ storeMs: 12_000 }),
    noListing(120_000),
    pass(70_000),
    upload(),
    { kind: 'answer', pick: 0, answer: 'upload' },
    uploadFault(),
    pass(70_000),
    one('check', 1),
  ]),
  found('took a file that a look had read before for its own', [
    pass(1000),
    { kind: 'othersAdd', name: '\u00e9.txt', sizeBytes: 20 },
    upload(),
    uploadFault({ answerMs: 1000 }),
    pass(15_000),
    uploadFault(),
    upload('\u00e9.txt'),
    pass(1000),
  ]),
  found('replaced a file twice that might be replaced once', [
    { kind: 'othersWrite', name: 'a.out' },
    save('a.out', 1, true),
    save('a.out', 0, true),
    pass(1000),
  ]),
  found('asked again without a pause', [unpaid, save(), pass(4000)]),
  found('looked again without a pause', [upload(), uploadFault(), pass(10), unpaid, pass(35_000)]),
  found('left a part when it gave up', [
    contentFault({ part: 0.7 }),
    save('a.out', 2),
    pass(100),
    outage('content', 'connectionLost', 50_000),
    pass(35_000),
  ]),
  found('sent with a refused key once the transfer that had met it was cancelled', [
    outage('everything', 'unauthorized', 50),
    upload(),
    pass(1000),
    one('cancel'),
    upload(),
    pass(100),
  ]),
  found('sent a second small file where a person had just allowed one at once', [
    uploadFault({ sendMs: 1000, answerMs: 1000 }),
    upload(),
    pass(1000),
    { kind: 'concurrency', concurrency: 1 },
    upload('\u00e9.txt'),
  ]),
  found('did not say that it had come to rest', [save(), quit, { kind: 'pause' }, one('cancel')]),
];
