import type { Moment } from '../../server/faults.ts';
import type { CrashPoint, CrashRun } from '../crash-point.ts';
import { held, inState, isAdded, isMarkedSent, killOnce, LARGE, recorded, SMALL } from './moments.ts';

const SIZES = [
  ['small', SMALL],
  ['20 MiB', LARGE],
] as const;

/** One upload, killed where the server holds it and where its record says it is. */
export const UPLOAD_POINTS: readonly CrashPoint[] = [
  ...SIZES.flatMap(([text, sizeBytes]) => [...heldAt(text, sizeBytes), ...recordedAs(text, sizeBytes)]),
  ...storedLate(),
];

function heldAt(text: string, sizeBytes: number): readonly CrashPoint[] {
  const places: readonly (readonly [string, Moment])[] = [
    ['at its headers', 'headers'],
    ['at byte 1', { requestBytes: 1 }],
    ['at half', { requestBytes: sizeBytes / 2 }],
    ['at the last byte', { requestBytes: sizeBytes }],
    ['when read', 'body'],
    ['when stored', 'applied'],
    ['before its answer', { answerBytes: 0 }],
    ['in its answer', { answerBytes: 100 }],
  ];
  return places.map(([where, at]) =>
    killOnce(`${text} upload held ${where}`, { uploads: [sizeBytes] }, held('upload', at)),
  );
}

function recordedAs(text: string, sizeBytes: number): readonly CrashPoint[] {
  const moments: readonly (readonly [string, CrashRun['until']])[] = [
    ['added', recorded(isAdded)],
    ['preparing', inState('preparing')],
    ['marked as sent', recorded(isMarkedSent)],
    ['sending', inState('sending')],
    ['waiting', inState('waitingForServer')],
    ['verifying', inState('verifying')],
    ['done', inState('done')],
  ];
  return moments.map(([what, until]) =>
    // The server takes its time, so that what was recorded is still so at the kill.
    killOnce(`${text} upload recorded as ${what}`, { uploads: [sizeBytes], latencyMs: 300 }, { until }),
  );
}

/** A server may store a body some time after the connection has gone: after the first look, and after the second. */
function storedLate(): readonly CrashPoint[] {
  return [2, 3].map((listings) => ({
    ...killOnce(
      `small upload stored after look ${listings - 1}`,
      { uploads: [SMALL] },
      held('upload', 'body'),
    ),
    storesAfter: { listings },
  }));
}
