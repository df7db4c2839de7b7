import type { CrashPoint, CrashRun, Hands } from '../crash-point.ts';
import {
  ALWAYS,
  held,
  inState,
  isHeldBackFor,
  isInBackOff,
  isPaused,
  isPlacing,
  killOnce,
  LARGE,
  recorded,
  SMALL,
} from './moments.ts';

/** The app's first listing fills its table, so the second is its first look. */
const FIRST_LOOK = 2;

/** Killed while a transfer is looked for, waits, asks, or has ended otherwise than well. */
export const SITUATION_POINTS: readonly CrashPoint[] = [...looks(), ...waits(), ...ends(), ...twice()];

function lookHeld(brokenWhen: 'applied' | 'body', look: number): CrashRun {
  const faults = [{ on: 'upload', fault: { kind: 'reset', at: brokenWhen } }] as const;
  return held('list', 'applied', { call: FIRST_LOOK - 1 + look, faults });
}

function looks(): readonly CrashPoint[] {
  const work = { uploads: [SMALL] };
  return [
    killOnce('broken when stored, first look held', work, lookHeld('applied', 1)),
    killOnce('broken when read, first look held', work, lookHeld('body', 1)),
    killOnce('broken when read, second look held', work, lookHeld('body', 2)),
    killOnce('broken when read, recorded as interrupted', work, {
      faults: [{ on: 'upload', fault: { kind: 'reset', at: 'body' } }],
      until: inState('interrupted'),
    }),
    killOnce('cancelled when stored, look held', work, {
      ...held('list', 'headers', {
        call: FIRST_LOOK,
        faults: [{ on: 'upload', fault: { kind: 'hang', at: 'applied' } }],
      }),
      during: cancelHeld,
    }),
    killOnce(
      'two of three looked for, third held',
      { uploads: [SMALL, SMALL, LARGE], concurrency: 3 },
      {
        ...held(
          'upload',
          { requestBytes: LARGE / 2 },
          {
            call: 3,
            faults: [{ on: 'upload', times: 2, fault: { kind: 'reset', at: 'applied' } }],
          },
        ),
      },
    ),
  ];
}

function waits(): readonly CrashPoint[] {
  const refused = (on: 'upload' | 'download', status: number, retryAfterSeconds?: number) =>
    [
      {
        on,
        times: ALWAYS,
        fault: { kind: 'status', status, at: 'headers', ...(retryAfterSeconds && { retryAfterSeconds }) },
      },
    ] as const;
  return [
    killOnce(
      'upload in back-off',
      { uploads: [SMALL] },
      {
        faults: refused('upload', 503),
        until: recorded(isInBackOff),
      },
    ),
    killOnce(
      'save in back-off',
      { saves: [LARGE] },
      {
        faults: refused('download', 503),
        until: recorded(isInBackOff),
      },
    ),
    killOnce(
      'save in back-off, half of it there',
      { saves: [LARGE] },
      {
        faults: [{ on: 'download', fault: { kind: 'reset', at: { answerBytes: LARGE / 2 } } }],
        until: recorded(isInBackOff),
      },
    ),
    killOnce(
      'held back by a 429',
      { uploads: [SMALL, SMALL], saves: [SMALL], concurrency: 3 },
      {
        faults: refused('upload', 429, 60),
        until: recorded(isHeldBackFor('rateLimited')),
      },
    ),
    killOnce(
      'held back by a 401',
      { uploads: [SMALL, SMALL] },
      {
        faults: refused('upload', 401),
        until: recorded(isHeldBackFor('unauthorized')),
      },
    ),
    killOnce(
      'paused, the first of three held',
      { uploads: [SMALL, SMALL, SMALL] },
      { ...held('upload', 'applied'), during: pauseHeld, until: recorded(isPaused) },
      ['done', 'queued'],
    ),
    killOnce(
      'asking about what is there already',
      { uploads: [SMALL], isThereAlready: true },
      { until: inState('asking') },
      ['asking'],
    ),
  ];
}

function ends(): readonly CrashPoint[] {
  return [
    killOnce(
      'failed',
      { uploads: [SMALL] },
      { faults: [{ on: 'upload', fault: { kind: 'status', status: 413 } }], until: inState('failed') },
      ['failed'],
    ),
    killOnce(
      'unknown',
      { uploads: [SMALL] },
      {
        faults: [
          { on: 'upload', fault: { kind: 'reset', at: 'applied' } },
          { on: 'list', from: FIRST_LOOK, times: ALWAYS, fault: { kind: 'html', status: 200 } },
        ],
        until: inState('unknown'),
      },
      ['unknown'],
    ),
    killOnce(
      'upload cancelled at half',
      { uploads: [LARGE] },
      {
        ...held('upload', { requestBytes: LARGE / 2 }),
        during: cancelHeld,
        until: inState('cancelled'),
      },
      ['cancelled'],
    ),
    killOnce(
      'save cancelled at half',
      { saves: [LARGE] },
      {
        ...held('download', { answerBytes: LARGE / 2 }),
        during: cancelHeld,
        until: inState('cancelled'),
      },
      ['cancelled'],
    ),
    killOnce(
      'skipped',
      { uploads: [SMALL], isThereAlready: true },
      {
        during: ({ files }) => files.transfers.skip('upload-1.txt').click(),
        until: inState('skipped'),
      },
      ['skipped'],
    ),
  ];
}

/** What a crash has left meets another one. */
function twice(): readonly CrashPoint[] {
  const again = (name: string, work: CrashPoint['work'], first: CrashRun, second: CrashRun): CrashPoint => ({
    name: `twice: ${name}`,
    work,
    runs: [first, second],
  });
  const looked: CrashRun = { until: inState('interrupted') };
  return [
    again(
      'stored, then as soon as it is looked for',
      { uploads: [SMALL] },
      held('upload', 'applied'),
      looked,
    ),
    again(
      'stored, then while the look is held',
      { uploads: [SMALL] },
      held('upload', 'applied'),
      held('list', 'applied', { call: FIRST_LOOK }),
    ),
    again(
      'read, then while the second look is held',
      { uploads: [SMALL] },
      held('upload', 'body'),
      held('list', 'applied', { call: FIRST_LOOK + 1 }),
    ),
    again(
      'read, then at half when sent again',
      { uploads: [LARGE] },
      held('upload', 'body'),
      held('upload', { requestBytes: LARGE / 2 }),
    ),
    again(
      'save at half, then before the last byte',
      { saves: [LARGE] },
      held('download', { answerBytes: LARGE / 2 }),
      held('download', { answerBytes: LARGE - 1 }),
    ),
    again(
      'save at half, then as being placed',
      { saves: [LARGE] },
      held('download', { answerBytes: LARGE / 2 }),
      { until: recorded(isPlacing) },
    ),
  ];
}

async function cancelHeld({ files, server }: Hands): Promise<void> {
  await server.waitFor(({ isHeld, operation }) => isHeld && operation !== 'list');
  await files.transfers.region.getByRole('button', { name: /^Cancel (upload|save)-1\.txt$/ }).click();
}

async function pauseHeld({ files, server }: Hands): Promise<void> {
  await server.waitFor(({ isHeld }) => isHeld);
  await files.transfers.pause.click();
}
