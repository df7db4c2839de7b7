import type { Moment } from '../../server/faults.ts';
import type { CrashPoint, CrashRun } from '../crash-point.ts';
import { held, inState, isAdded, isPlacing, killOnce, LARGE, recorded, SMALL } from './moments.ts';

/** Saves, killed where the server holds them and where their records say they are. */
export const SAVE_POINTS: readonly CrashPoint[] = [...heldAt(), ...recordedAs(), ...many()];

function heldAt(): readonly CrashPoint[] {
  const places: readonly (readonly [string, Moment])[] = [
    ['at its headers', 'headers'],
    ['when found', 'body'],
    ['before its answer', { answerBytes: 0 }],
    ['at byte 1', { answerBytes: 1 }],
    ['at half', { answerBytes: LARGE / 2 }],
    ['before the last byte', { answerBytes: LARGE - 1 }],
    ['behind the last byte', { answerBytes: LARGE }],
  ];
  return [
    ...places.map(([where, at]) => killOnce(`save held ${where}`, { saves: [LARGE] }, held('download', at))),
    killOnce(
      'save in the place of a file, held at half',
      { saves: [LARGE], isReplacing: true },
      held('download', { answerBytes: LARGE / 2 }),
    ),
  ];
}

function recordedAs(): readonly CrashPoint[] {
  const moments: readonly (readonly [string, CrashRun['until']])[] = [
    ['added', recorded(isAdded)],
    ['preparing', inState('preparing')],
    ['receiving', inState('receiving')],
    ['verifying', inState('verifying')],
    ['being placed', recorded(isPlacing)],
    ['done', inState('done')],
  ];
  return [
    ...moments.map(([what, until]) => killOnce(`save recorded as ${what}`, { saves: [LARGE] }, { until })),
    ...moments
      .slice(3)
      .map(([what, until]) =>
        killOnce(
          `save in the place of a file, recorded as ${what}`,
          { saves: [SMALL], isReplacing: true },
          { until },
        ),
      ),
  ];
}

/** Many at once meet the kill in many places. */
function many(): readonly CrashPoint[] {
  return [1, 4, 8].map((count) =>
    killOnce(
      `8 saves, number ${count} recorded as being placed`,
      { saves: Array.from({ length: 8 }, (_, index) => SMALL * (index + 1)), concurrency: 8 },
      { until: recorded(isPlacing, count) },
    ),
  );
}
