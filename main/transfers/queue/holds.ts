import { type AppError, isUnreachable } from '#app/errors.ts';
import { endsByItself } from '#app/transfers/hold.ts';
import type { Transfer, TransferHold } from '#app/transfers/transfer.ts';
import { toBackOff } from '../../engine/back-off.ts';
import type { Clock } from '../../engine/clock.ts';
import { createCondition } from '../../engine/condition.ts';
import { waitForNetwork } from '../../openrouter/wait-for-network.ts';

/** What holds are made of. */
export interface HoldsParts {
  readonly clock: Clock;
  /** Asks the server something small; settles when it can be reached. */
  readonly probe: (signal: AbortSignal) => Promise<void>;
  /** Told when the server can be reached again after it could not. */
  readonly onReachable: () => void;
  /** Whether a transfer is still to be tried. */
  readonly isToBeTried: (transferId: string) => boolean;
  readonly onChange: () => void;
}

/** The causes that keep transfers from beginning, each told once for all of them. */
export interface Holds {
  list(): readonly TransferHold[];
  isHeld(direction: Transfer['direction']): boolean;
  /** Whether only a person can let transfers of a direction begin. */
  needsPerson(direction: Transfer['direction']): boolean;
  /**
   * Holds a scope. One that a person must end is not replaced by one that ends by itself. `causeId` is the transfer that
   * met the error, where one did.
   */
  add(scope: TransferHold['scope'], error: AppError, causeId?: string): void;
  /** Ends a hold that may be about the files that met it, once they all have come to their end. */
  dropCauseless(): void;
  /** Ends every hold, at a person's word. */
  clear(): void;
  /** Told that the server has taken or given something: back-offs begin anew. */
  noteSuccess(): void;
  /** Told of a failure that may pass by itself; after many in a row all transfers wait a while. */
  noteFailure(error: AppError): void;
  /** Settles when nothing holds all transfers; rejects at an abort. */
  whenClear(signal: AbortSignal): Promise<void>;
  close(): void;
}

interface Held {
  readonly hold: TransferHold;
  readonly controller: AbortController;
  /** The transfers that met the error, where it may be about them. */
  readonly causeIds: Set<string>;
}

const FIRST_PROBE_MS = 2000;
/** A server that asks for no wait at all is not taken at its word. */
const MIN_REFUSED_MS = 1000;
/** So many failures in a row, with no success between, are the server's and not the files'. */
const MAX_FAILURES_IN_A_ROW = 10;

/** Makes an empty set of holds. */
export function createHolds({ clock, probe, onReachable, isToBeTried, onChange }: HoldsParts): Holds {
  const held = new Map<TransferHold['scope'], Held>();
  const clear = createCondition(() => !held.has('all'));
  let refusals = 0;
  let failures = 0;

  const end = (scope: TransferHold['scope']) => {
    held.get(scope)?.controller.abort();
    held.delete(scope);
    clear.noteChange();
  };
  const heldFor = (direction: Transfer['direction']) =>
    [held.get('all'), direction === 'upload' ? held.get('uploads') : undefined].filter(
      (one) => one !== undefined,
    );
  const endByItself = (scope: TransferHold['scope']) => {
    end(scope);
    onChange();
  };
  const start = (scope: TransferHold['scope'], error: AppError, resumesAt: number | null) => {
    end(scope);
    const controller = new AbortController();
    held.set(scope, { hold: { scope, error, resumesAt }, controller, causeIds: new Set() });
    const { signal } = controller;
    const waiting =
      resumesAt !== null
        ? clock.sleep(resumesAt - clock.now(), signal)
        : isUnreachable(error)
          ? waitForNetwork({ clock, probe, firstMs: FIRST_PROBE_MS }, signal).then(onReachable)
          : null;
    waiting?.then(
      () => endByItself(scope),
      () => undefined, // Aborted: it was ended or replaced.
    );
    onChange();
  };

  const note = (scope: TransferHold['scope'], error: AppError) => {
    const known = held.get(scope)?.hold;
    if (known && needsPerson(known)) return;
    if (error.code !== 'rateLimited') {
      if (known?.error.code !== error.code) start(scope, error, null);
      return;
    }
    // Of several refusals of one moment the longest wait counts; they are one refusal, not several.
    if (known?.resumesAt == null) refusals += 1;
    const asked = error.retryAfterMs === null ? toBackOff(refusals) : error.retryAfterMs;
    const resumesAt = clock.now() + Math.max(MIN_REFUSED_MS, asked);
    if (known?.resumesAt == null || known.resumesAt < resumesAt) start(scope, error, resumesAt);
  };

  return {
    list: () => [...held.values()].map(({ hold }) => hold),
    isHeld: (direction) => heldFor(direction).length > 0,
    needsPerson: (direction) => heldFor(direction).some(({ hold }) => needsPerson(hold)),
    add: (scope, error, causeId) => {
      note(scope, error);
      const current = held.get(scope);
      if (causeId === undefined || !isPerhapsOfFile(error)) return;
      if (current?.hold.error.code === error.code) current.causeIds.add(causeId);
    },
    dropCauseless: () => {
      const causeless = [...held.values()].filter(
        ({ causeIds }) => causeIds.size > 0 && ![...causeIds].some(isToBeTried),
      );
      for (const { hold } of causeless) end(hold.scope);
      if (causeless.length > 0) onChange();
    },
    clear: () => {
      for (const scope of [...held.keys()]) end(scope);
      onChange();
    },
    noteSuccess: () => {
      refusals = 0;
      failures = 0;
    },
    noteFailure: (error) => {
      failures += 1;
      if (failures < MAX_FAILURES_IN_A_ROW || held.has('all')) return;
      start('all', error, clock.now() + toBackOff(failures - MAX_FAILURES_IN_A_ROW + 1));
    },
    whenClear: clear.wait,
    close: () => {
      for (const { controller } of held.values()) controller.abort();
    },
  };
}

/** A refused key, or one without money, is refused whatever becomes of a transfer. */
function isPerhapsOfFile({ code }: AppError): boolean {
  return code === 'uploadForbidden';
}

function needsPerson(hold: TransferHold): boolean {
  return !endsByItself(hold);
}
