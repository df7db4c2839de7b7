import type { CrashPoint } from '../crash-point.ts';
import { MIXTURE_POINTS } from './mixtures.ts';
import { SAVE_POINTS } from './saves.ts';
import { SITUATION_POINTS } from './situations.ts';
import { UPLOAD_POINTS } from './uploads.ts';

/** The whole matrix; what takes longest comes first. */
export const CRASH_POINTS: readonly CrashPoint[] = [
  ...SITUATION_POINTS,
  ...MIXTURE_POINTS,
  ...UPLOAD_POINTS,
  ...SAVE_POINTS,
];

const FEW = ['small upload stored after look 1', 'save in the place of a file, held at half'];

/** What every run of the tests takes of it: an upload and a save, of what takes no half minute. */
export const FEW_CRASH_POINTS: readonly CrashPoint[] = FEW.map((name) => {
  const point = CRASH_POINTS.find((one) => one.name === name);
  if (!point) throw new Error(`There is no point “${name}”`);
  return point;
});
