import { assertNever } from '#app/assert-never.ts';
import { type AppError, isUnreachable } from '#app/errors.ts';
import { endsByItself } from '#app/transfers/hold.ts';
import type { TransferHold } from '#app/transfers/transfer.ts';
import { createAdaptiveLimit } from './adaptive-limit.ts';
import { toBackOff } from './back-off.ts';
import type { Clock } from './clock.ts';
import { createCondition } from './condition.ts';
import { type RetryPolicy, toAskedWait, toRetryPolicy, type WorkKind } from './retry-policy.ts';
import { waitForNetwork } from './wait-for-network.ts';

/** What a pacer is made of. */
export interface PacerParts {
  readonly clock: Clock;
  /** Asks the server something small; settles when it can be reached. */
  readonly probe: (signal: AbortSignal) => Promise<void>;
}

/** Who is told of a pacer. */
export interface PacerListener {
  /** Told when what holds work up begins, changes or ends. */
  readonly onChange?: () => void;
  /** Told when the server can be reached again after it could not. */
  readonly onReachable?: () => void;
}

/**
 * Says when work of one account may ask the server, and how much of it at once. All that is done with the account shares
 * it: what one request is told, the others need not find out.
 */
export interface Pacer {
  /** What holds work up, each cause told once for all that meets it. */
  holds(): readonly TransferHold[];
  isHeld(kind: WorkKind): boolean;
  /** Whether only a person can let work of a kind go on. */
  needsPerson(kind: WorkKind): boolean;
  /**
   * To be told of a failed request; gives its policy. What blocks more than the file holds that up, until a time, until
   * the server can be reached, or until a person resumes; only transfers wait for a person. So do failures of many in a
   * row. `causeId` is the transfer, or the file to be deleted, that met the error.
   */
  noteFailure(kind: WorkKind, error: AppError, causeId?: string): RetryPolicy;
  /** To be told that the server has done what it was asked; of a small request also how long that took, in milliseconds. */
  noteSuccess(smallRequestMs?: number): void;
  /** Holds everything until a person resumes, as the record of the work cannot be written. */
  holdAll(error: AppError): void;
  /** Ends a hold that may be about the transfers that met it, once they all have come to their end. */
  dropCauseless(isToBeTried: (transferId: string) => boolean): void;
  /** Ends every hold, at a person's word. */
  clear(): void;
  /** Ends what would end by itself, at a person's word. */
  endWaits(): void;
  /** Settles when work of a kind may ask; rejects at an abort. */
  whenFree(kind: WorkKind, signal: AbortSignal): Promise<void>;
  /** How many waits have begun: of a request that fails, whether one did meanwhile. */
  waitCount(): number;
  /** How many small requests of a kind may be under way at once. */
  smallAtOnce(): number;
  /** How many large ones may, of as many as a person allows. */
  largeAtOnce(most: number): number;
  /** Answers what ends the listening. */
  listen(listener: PacerListener): () => void;
  close(): void;
}

interface Held {
  readonly hold: TransferHold;
  readonly controller: AbortController;
  /** The transfers that met the error, where it may be about them. */
  readonly causeIds: Set<string>;
}

const FIRST_PROBE_MS = 2000;
/** Longer than a person takes who presses the button in the message of a list that could not be read. */
const FIRST_PROBE_OF_LIST_MS = 5000;
/** A server that asks for no wait at all is not taken at its word. */
const MIN_REFUSED_MS = 1000;
/** So many that fail in a row, with no success between, fail for the server's sake; one that fails again says nothing new. */
const MAX_FAILING_IN_A_ROW = 10;

/** Makes a pacer of an account that nothing holds up. */
export function createPacer({ clock, probe }: PacerParts): Pacer {
  const held = new Map<TransferHold['scope'], Held>();
  const listeners = new Set<PacerListener>();
  const limit = createAdaptiveLimit(clock);
  let refusals = 0;
  /** What has failed since the last success. */
  const failing = new Set<string | symbol>();
  /** How many waits in a row that has brought about. */
  let outages = 0;
  let waits = 0;

  const heldFor = (kind: WorkKind): readonly TransferHold[] =>
    [...held.values()].flatMap(({ hold }) => {
      const isMeant = hold.scope === 'all' || kind === 'upload';
      return isMeant && (waitsForPerson(kind) || endsByItself(hold)) ? [hold] : [];
    });
  const free = new Map(
    WORK_KINDS.map((kind) => [kind, createCondition(() => heldFor(kind).length === 0)] as const),
  );
  const tell = () => {
    for (const { onChange } of listeners) onChange?.();
    for (const condition of free.values()) condition.noteChange();
  };
  const end = (scope: TransferHold['scope']) => {
    held.get(scope)?.controller.abort();
    held.delete(scope);
  };
  const start = (hold: TransferHold, firstProbeMs = FIRST_PROBE_MS) => {
    const { scope, error, resumesAt } = hold;
    end(scope);
    const controller = new AbortController();
    held.set(scope, { hold, controller, causeIds: new Set() });
    const { signal } = controller;
    const waiting =
      resumesAt !== null
        ? clock.sleep(resumesAt - clock.now(), signal)
        : isUnreachable(error)
          ? waitForNetwork({ clock, probe, firstMs: firstProbeMs }, signal).then(() => {
              for (const { onReachable } of listeners) onReachable?.();
            })
          : null;
    waiting?.then(
      () => {
        end(scope);
        tell();
      },
      () => undefined, // Aborted: it was ended or replaced.
    );
    tell();
  };
  /** Whether nothing that a person must end is there already. */
  const canHold = (scope: TransferHold['scope']) => {
    const known = held.get(scope)?.hold;
    return known === undefined || endsByItself(known);
  };
  /** Of several waits of one moment the longest counts; they are one wait, not several. */
  const waitUntil = (error: AppError, resumesAt: number) => {
    const known = held.get('all')?.hold;
    if (!canHold('all') || (known?.resumesAt != null && known.resumesAt >= resumesAt)) return;
    if (known?.resumesAt == null) waits += 1;
    start({ scope: 'all', error, resumesAt });
  };
  const noteRefusal = (error: AppError) => {
    limit.noteRefusal();
    if (held.get('all')?.hold.resumesAt == null) refusals += 1;
    const askedMs = toAskedWait(error);
    // A server that goes on refusing may not mean the wait that it names.
    const backOffMs = askedMs === null || refusals > 1 ? toBackOff(refusals) : 0;
    waitUntil(error, clock.now() + Math.max(MIN_REFUSED_MS, askedMs ?? 0, backOffMs));
  };
  /** Notes a failure that may pass by itself. It holds its own file up first: it may be of one server of many. */
  const noteLater = (error: AppError, causeId: string | symbol = Symbol('a request of its own')) => {
    failing.add(causeId);
    if (error.code === 'unavailable') limit.noteRefusal();
    if (failing.size < MAX_FAILING_IN_A_ROW || held.has('all')) return;
    outages += 1;
    waitUntil(error, clock.now() + Math.max(toBackOff(outages), toAskedWait(error) ?? 0));
  };
  const holdUntilEnded = (scope: TransferHold['scope'], error: AppError, firstProbeMs?: number) => {
    if (!canHold(scope) || held.get(scope)?.hold.error.code === error.code) return;
    if (isUnreachable(error)) waits += 1;
    start({ scope, error, resumesAt: null }, firstProbeMs);
  };

  return {
    holds: () => Array.from(held.values(), ({ hold }) => hold),
    isHeld: (kind) => heldFor(kind).length > 0,
    needsPerson: (kind) => heldFor(kind).some((hold) => !endsByItself(hold)),
    noteFailure: (kind, error, causeId) => {
      const policy = toRetryPolicy(error, kind);
      switch (policy.retry) {
        case 'never':
          break;
        case 'later':
          noteLater(error, causeId);
          break;
        case 'afterWait':
          noteRefusal(error);
          break;
        case 'whenReachable':
          holdUntilEnded('all', error, kind === 'listing' ? FIRST_PROBE_OF_LIST_MS : FIRST_PROBE_MS);
          break;
        case 'whenResumed': {
          if (!waitsForPerson(kind)) break;
          const scope = policy.blocks === 'uploads' ? 'uploads' : 'all';
          holdUntilEnded(scope, error);
          const current = held.get(scope);
          const isItsOwn = causeId !== undefined && isPerhapsOfFile(error);
          if (isItsOwn && current?.hold.error.code === error.code) current.causeIds.add(causeId);
          break;
        }
        default:
          return assertNever(policy.retry);
      }
      return policy;
    },
    noteSuccess: (smallRequestMs) => {
      refusals = 0;
      failing.clear();
      outages = 0;
      if (smallRequestMs !== undefined) limit.noteAnswer(smallRequestMs);
    },
    holdAll: (error) => holdUntilEnded('all', error),
    dropCauseless: (isToBeTried) => {
      const causeless = [...held.values()].filter(
        ({ causeIds }) => causeIds.size > 0 && ![...causeIds].some(isToBeTried),
      );
      for (const { hold } of causeless) end(hold.scope);
      if (causeless.length > 0) tell();
    },
    clear: () => {
      for (const scope of [...held.keys()]) end(scope);
      tell();
    },
    endWaits: () => {
      for (const { hold } of [...held.values()]) if (endsByItself(hold)) end(hold.scope);
      tell();
    },
    whenFree: async (kind, signal) => {
      await free.get(kind)?.wait(signal);
    },
    waitCount: () => waits,
    smallAtOnce: limit.current,
    largeAtOnce: (most) => Math.max(1, Math.round(most * limit.share())),
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => {
      for (const { controller } of held.values()) controller.abort();
    },
  };
}

const WORK_KINDS: readonly WorkKind[] = ['upload', 'download', 'deletion', 'listing', 'verification'];

/** A deletion that a person must let go on again ends instead, and whoever looks at the list is told of its failure. */
function waitsForPerson(kind: WorkKind): boolean {
  return kind !== 'deletion' && kind !== 'listing';
}

/** A refused key, or one without money, is refused whatever becomes of a transfer. */
function isPerhapsOfFile({ code }: AppError): boolean {
  return code === 'uploadForbidden';
}
