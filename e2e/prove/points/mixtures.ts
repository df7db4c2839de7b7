import type { CrashPoint, CrashWork } from '../crash-point.ts';
import { held, inState, killOnce, nthRecord } from './moments.ts';

const KIB = 1024;
const UPLOADS = [1, 200, 3, 900, 5, 2500, 7, 80, 9, 1000].map((size) => size * KIB);
const SAVES = [1, 3000, 3, 400, 5, 1500].map((size) => size * KIB);

/** Uploads and saves together, killed wherever each of them is at a moment of one of them. */
export const MIXTURE_POINTS: readonly CrashPoint[] = [
  ...[1, 3, 8].flatMap((concurrency) => [
    ...[30, 50, 70, 90].map((count) =>
      killOnce(`${toText(concurrency)}, record ${count}`, toWork(concurrency), { until: nthRecord(count) }),
    ),
    killOnce(`${toText(concurrency)}, seventh done`, toWork(concurrency), { until: inState('done', 7) }),
    killOnce(
      `${toText(concurrency)}, fourth upload held when stored`,
      toWork(concurrency),
      held('upload', 'applied', { call: 4 }),
    ),
    killOnce(
      `${toText(concurrency)}, third save held`,
      toWork(concurrency),
      held('download', { answerBytes: 1000 }, { call: 3 }),
    ),
  ]),
  // The ledger is another record than that of transfers, and at a kill the one may be behind the other.
  ...[1, 3, 8].map((concurrency) =>
    killOnce(
      `200 uploads, ${concurrency} at once, ledger ahead`,
      { uploads: Array.from({ length: 200 }, (_, index) => 1000 + index), concurrency },
      { until: { kind: 'ledger', count: 180 } },
    ),
  ),
];

function toText(concurrency: number): string {
  return `${UPLOADS.length} uploads and ${SAVES.length} saves, ${concurrency} at once`;
}

function toWork(concurrency: number): CrashWork {
  return { uploads: UPLOADS, saves: SAVES, concurrency, latencyMs: 60 };
}
