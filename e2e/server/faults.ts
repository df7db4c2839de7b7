import type { ErrorExtras } from './errors.ts';
import type { JsonObject } from './json.ts';
import type { LoggedRequest, Operation } from './request-log.ts';

/**
 * How far a request has come.
 * `headers`: its headers are here, its body is unread, nothing was checked.
 * `body`: its body was read and found good; nothing has taken effect.
 * `applied`: the file is stored or deleted, the answer is not sent. A client that sees the fault cannot know.
 */
export type Stage = 'headers' | 'body' | 'applied';

/** A stage, or a number of body bytes in either direction (of the request: at or just behind it, of the answer: exact). */
export type Moment = Stage | { readonly requestBytes: number } | { readonly answerBytes: number };

/** Everything that can be made to go wrong with one call. `at` is `body` where it may be left out. */
export type Fault =
  /** An error of the contract's section 3. A 429 carries X-RateLimit headers; Retry-After only when given. */
  | ({
      readonly kind: 'status';
      readonly status: number;
      readonly message?: string;
      readonly retryAfterSeconds?: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly at?: Stage;
    } & ErrorExtras)
  /** Any answer at all. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body: string | Uint8Array;
      readonly at?: Stage;
    }
  /** An HTML page, as from a CDN; 502 unless told. */
  | { readonly kind: 'html'; readonly status?: number; readonly at?: Stage }
  /** Sends the client elsewhere, to see that the key does not go along; 302 unless told. */
  | {
      readonly kind: 'redirect';
      readonly location: string;
      readonly status?: 301 | 302 | 303 | 307 | 308;
      readonly at?: Stage;
    }
  /** The connection is torn (RST), over HTTP/2 with all that it carries. */
  | { readonly kind: 'reset'; readonly at: Moment }
  /** HTTP/2: this request alone is ended, by RST_STREAM; `refusedStream` says that nothing was done for it. */
  | { readonly kind: 'resetStream'; readonly at: Moment; readonly code: StreamError }
  /**
   * HTTP/2: GOAWAY, after which the connection takes no new request. With `refusesThis` this one is not answered either:
   * the client is told that nothing was done for it.
   */
  | { readonly kind: 'goAway'; readonly at: Moment; readonly refusesThis: boolean }
  /** Nothing more happens until the client leaves, the fault is released or the server closes. */
  | { readonly kind: 'hang'; readonly at: Moment }
  /** The call takes effect; its JSON answer is cut in the middle, framed as if it were whole. */
  | { readonly kind: 'malformedJson' }
  /** The call takes effect; its answer has the right status and no body. */
  | { readonly kind: 'emptyBody' }
  /** The answer ends early: `contentLength` and `chunked` show it by their framing, `untilClose` (no length, Connection: close) does not. */
  | {
      readonly kind: 'truncatedBody';
      readonly afterBytes: number;
      readonly framing: 'contentLength' | 'chunked' | 'untilClose';
    }
  /** The answer's bytes are more (positive) or fewer (negative) than the file has, with a truthful Content-Length. */
  | { readonly kind: 'resizedBody'; readonly byBytes: number }
  /** Content-Length is off by that many bytes; the whole body is sent, then the connection ends. */
  | { readonly kind: 'wrongContentLength'; readonly byBytes: number }
  /** list: says that there is more and gives the cursor that was asked with (of a first page: its own). */
  | { readonly kind: 'repeatedCursor' }
  /** list: no rows, `has_more`, and a new cursor that continues at the same place. */
  | { readonly kind: 'emptyPage' }
  /** Any JSON answer: fields of the body overwritten or left out. */
  | ({ readonly kind: 'changedBody' } & Change)
  /** list: fields of one row (by index in the page) overwritten or left out: `{omit: ['_shape']}`, `{set: {size_bytes: 1.5}}`. */
  | ({ readonly kind: 'changedRow'; readonly row: number } & Change)
  /** list: one more row behind those of the page, such as one that stands on another page too. */
  | { readonly kind: 'addedRow'; readonly row: JsonObject };

/** Those that hold or break a call at a moment. */
export type BreakingFault = Extract<Fault, { readonly at: Moment }>;

const BREAKING: ReadonlySet<Fault['kind']> = new Set<BreakingFault['kind']>([
  'hang',
  'reset',
  'resetStream',
  'goAway',
]);

/** Gives a fault if it is one that holds or breaks its call, else null. */
export function toBreaking(fault: Fault | undefined): BreakingFault | null {
  return fault && BREAKING.has(fault.kind) ? (fault as BreakingFault) : null;
}

/** Why a stream is ended (RFC 9113, section 7). */
export type StreamError = 'refusedStream' | 'internalError' | 'cancel' | 'enhanceYourCalm';

/** Fields to overwrite and fields to leave out. */
export interface Change {
  readonly set?: JsonObject;
  readonly omit?: readonly string[];
}

/** Says which calls a fault hits; calls are counted from the injection. */
export interface FaultRule {
  readonly on: Operation | 'any';
  readonly fault: Fault;
  /** First call that is hit, 1 unless told. */
  readonly from?: number;
  /** How many calls in a row are hit, 1 unless told; `Infinity` for every one. */
  readonly times?: number;
  /** Narrows the calls that count, for example to one path. */
  readonly matching?: (request: LoggedRequest) => boolean;
}

/** A fault that waits for its calls. */
export interface InjectedFault {
  /** How many calls it has hit. */
  readonly hits: number;
  /** Lets held calls go on as if nothing had been, now and from now on. */
  release(): void;
  /** Hits no further call. */
  remove(): void;
}

/** The part of an injected fault that one call works with. */
export interface ActiveFault {
  readonly fault: Fault;
  readonly released: Promise<void>;
}

interface PlannedFault {
  readonly rule: FaultRule;
  calls: number;
  hits: number;
  readonly active: ActiveFault;
}

/** The faults that are to come; the first rule that matches a call hits it, one fault a call. */
export class FaultPlan {
  readonly #planned = new Set<PlannedFault>();

  /** Adds a fault. */
  inject(rule: FaultRule): InjectedFault {
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const planned: PlannedFault = { rule, calls: 0, hits: 0, active: { fault: rule.fault, released } };
    this.#planned.add(planned);
    return {
      get hits() {
        return planned.hits;
      },
      release,
      remove: () => void this.#planned.delete(planned),
    };
  }

  /** Removes all faults; calls that are held stay so until released. */
  clear(): void {
    this.#planned.clear();
  }

  /** Finds the fault for a call; every rule that concerns the call counts it. */
  take(request: LoggedRequest): ActiveFault | null {
    let taken: ActiveFault | null = null;
    for (const planned of this.#planned) {
      const { on, from = 1, times = 1, matching } = planned.rule;
      if (on !== 'any' && on !== request.operation) continue;
      if (matching !== undefined && !matching(request)) continue;
      planned.calls += 1;
      if (taken !== null || planned.calls < from || planned.calls >= from + times) continue;
      planned.hits += 1;
      taken = planned.active;
    }
    return taken;
  }
}
