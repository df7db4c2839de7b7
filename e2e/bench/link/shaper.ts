/** What a shaper tells the time by and waits with. Times in milliseconds. */
export interface ShaperClock {
  now(): number;
  /** Runs something later, perhaps too late. */
  after(ms: number, run: () => void): void;
}

/** What a direction of a link is. */
export interface ShaperParts {
  readonly bytesPerSecond: number;
  /** From the moment when a piece has left to the one when it is there. */
  readonly delayMs: number;
  readonly clock: ShaperClock;
}

/** One direction of a link, which its lanes share by turns, as connections do on a line with fair queues. */
export interface Shaper {
  openLane(): Lane;
}

/** What one connection sends in that direction: it arrives in order. */
export interface Lane {
  /** Sends a piece; `arrive` is run when it is there. */
  send(bytes: number, arrive: () => void): void;
}

interface Piece {
  readonly bytes: number;
  readonly sentAt: number;
  readonly arrive: () => void;
}

/** Timers have whole milliseconds and come late rather than early: what is due within one is taken now. */
const EARLY_MS = 1;
/** How long a line may have been kept from its work by a busy computer, and make up for it. */
const CREDIT_MS = 5;

/** Makes one direction of a link. A late timer costs it nothing: what had its turn meanwhile arrives as of that time. */
export function createShaper({ bytesPerSecond, delayMs, clock }: ShaperParts): Shaper {
  const bytesPerMs = bytesPerSecond / 1000;
  /** Lanes that have something to send, the next first. */
  const waiting: Piece[][] = [];
  /** What has left, in the order in which it arrives. */
  const underWay: { readonly at: number; readonly arrive: () => void }[] = [];
  let freeAt = 0;
  let wakeAt = Number.POSITIVE_INFINITY;

  const leave = (until: number) => {
    while (freeAt <= until) {
      const lane = waiting.shift();
      const piece = lane?.shift();
      if (!lane || !piece) return;
      freeAt += piece.bytes / bytesPerMs;
      underWay.push({ at: Math.max(freeAt, piece.sentAt) + delayMs, arrive: piece.arrive });
      if (lane.length > 0) waiting.push(lane);
    }
  };
  const run = () => {
    const now = clock.now();
    leave(now);
    while (underWay[0] !== undefined && underWay[0].at <= now + EARLY_MS) underWay.shift()?.arrive();
    const next = Math.min(
      waiting.length > 0 ? freeAt : Number.POSITIVE_INFINITY,
      underWay[0]?.at ?? Number.POSITIVE_INFINITY,
    );
    if (next === Number.POSITIVE_INFINITY || wakeAt <= next) return;
    wakeAt = next;
    clock.after(Math.max(0, next - now), () => {
      wakeAt = Number.POSITIVE_INFINITY;
      run();
    });
  };
  return {
    openLane: () => {
      const pieces: Piece[] = [];
      return {
        send: (bytes, arrive) => {
          const sentAt = clock.now();
          // A line that was idle has saved next to nothing up.
          if (waiting.length === 0) freeAt = Math.max(freeAt, sentAt - CREDIT_MS);
          if (pieces.length === 0) waiting.push(pieces);
          pieces.push({ bytes, sentAt, arrive });
          run();
        },
      };
    },
  };
}
