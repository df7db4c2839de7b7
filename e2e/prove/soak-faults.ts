import type { Fault, FaultRule, InjectedFault } from '../server/faults.ts';
import { createRandom, pick, type Random } from '../server/random.ts';
import type { LoggedRequest } from '../server/request-log.ts';
import type { LocalServer } from '../server/server.ts';

/** Trouble at random, the same for the same seed. */
export interface RandomTrouble {
  /** How many calls were hit, by kind of fault. */
  hits(): ReadonlyMap<string, number>;
  /** No further call is hit, and none is held. */
  stop(): void;
}

interface PlannedTrouble {
  /** What is hit, in words. */
  readonly on: string;
  readonly rule: FaultRule;
}

/** Of all calls. */
const SHARE = 0.02;
/** More than there will be. */
const MAX_CALLS = 10_000;
const MIB = 1024 * 1024;
/** How often the hangs are looked at: one that was seen is released the next time, in milliseconds. */
const HANG_MS = 2000;

/** Makes 2 % of all uploads and of all looks at the listing go wrong. */
export function injectTrouble(server: LocalServer, seed: number): RandomTrouble {
  const random = createRandom(seed);
  const isLarge = ({ headers }: LoggedRequest) => Number(headers['content-length']) > MIB;
  const isSmall = (request: LoggedRequest) => !isLarge(request);
  const injected = [
    ...plan('list', random, () => ({ on: 'list', fault: toListFault(random) })),
    ...plan('large upload', random, () => {
      return { on: 'upload', fault: toUploadFault(random, 25 * MIB), matching: isLarge };
    }),
    ...plan('small upload', random, () => {
      return { on: 'upload', fault: toUploadFault(random, 2000), matching: isSmall };
    }),
  ].map(({ on, rule }) => ({ on, rule, fault: server.faults.inject(rule) }));
  const stopReleasing = releaseHangs(injected.filter(isHang).map(({ fault }) => fault));
  return {
    hits: () => {
      const hits = new Map<string, number>();
      for (const { on, rule, fault } of injected) {
        const name = `${on} ${toName(rule.fault)}`;
        if (fault.hits > 0) hits.set(name, (hits.get(name) ?? 0) + fault.hits);
      }
      return hits;
    },
    stop: () => {
      stopReleasing();
      for (const { fault } of injected) {
        fault.remove();
        fault.release();
      }
    },
  };
}

function plan(on: string, random: Random, toRule: () => FaultRule): readonly PlannedTrouble[] {
  const planned: PlannedTrouble[] = [];
  for (let call = 1; call <= MAX_CALLS; call += 1) {
    if (random() < SHARE * 2 ** 32) planned.push({ on, rule: { ...toRule(), from: call } });
  }
  return planned;
}

function toUploadFault(random: Random, sizeBytes: number): Fault {
  const requestBytes = random() % sizeBytes;
  const stage = pick(random, ['headers', 'body', 'applied'] as const);
  return pick<Fault>(random, [
    { kind: 'reset', at: { requestBytes } },
    { kind: 'reset', at: { requestBytes } },
    { kind: 'reset', at: stage },
    { kind: 'status', status: pick(random, [500, 502, 503]), at: stage },
    { kind: 'status', status: pick(random, [500, 502, 503]), at: stage },
    { kind: 'status', status: 429, retryAfterSeconds: 1, at: 'headers' },
    { kind: 'hang', at: stage },
    { kind: 'hang', at: { requestBytes } },
    { kind: 'malformedJson' },
    { kind: 'emptyBody' },
    { kind: 'html', at: stage },
  ]);
}

function toListFault(random: Random): Fault {
  return pick<Fault>(random, [
    { kind: 'reset', at: 'headers' },
    { kind: 'status', status: 503 },
    { kind: 'status', status: 429, retryAfterSeconds: 1 },
    { kind: 'malformedJson' },
    { kind: 'hang', at: 'headers' },
  ]);
}

function toName(fault: Fault): string {
  return fault.kind === 'status' ? String(fault.status) : fault.kind;
}

function isHang({ rule }: { readonly rule: FaultRule }): boolean {
  return rule.fault.kind === 'hang';
}

function releaseHangs(hangs: readonly InjectedFault[]): () => void {
  const seen = new Set<InjectedFault>();
  const timer = setInterval(() => {
    for (const hang of hangs) {
      if (seen.has(hang)) hang.release();
      else if (hang.hits > 0) seen.add(hang);
    }
  }, HANG_MS);
  return () => clearInterval(timer);
}
