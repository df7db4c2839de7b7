import type { Fault } from '../server/faults.ts';
import { createRandom, pick } from '../server/random.ts';
import type { LocalServer } from '../server/server.ts';

/** Of all calls. */
const SHARE = 0.03;
/** More than there will be. */
const MAX_CALLS = 10_000;

const FAULTS: readonly Fault[] = [
  { kind: 'status', status: 429 },
  { kind: 'status', status: 429, retryAfterSeconds: 1 },
  { kind: 'status', status: 500 },
  // Deleted, and yet an error.
  { kind: 'status', status: 500, at: 'applied' },
];

/** Makes 3 % of all deletions go wrong at random, the same for the same seed, and those of `hopelessIds` always. */
export function injectDeletionTrouble(
  server: LocalServer,
  seed: number,
  hopelessIds: ReadonlySet<string>,
): void {
  const random = createRandom(seed);
  const toId = (path: string) => path.slice(path.lastIndexOf('/') + 1);
  server.faults.inject({
    on: 'delete',
    times: Number.POSITIVE_INFINITY,
    matching: ({ path }) => hopelessIds.has(toId(path)),
    fault: { kind: 'status', status: 500, message: 'The storage does not let it go' },
  });
  for (let call = 1; call <= MAX_CALLS; call += 1) {
    if (random() >= SHARE * 2 ** 32) continue;
    const matching = ({ path }: { readonly path: string }) => !hopelessIds.has(toId(path));
    server.faults.inject({ on: 'delete', from: call, matching, fault: pick(random, FAULTS) });
  }
}
