import { type Session, session } from 'electron';

/**
 * How many requests one session gets at once: Chromium opens no more connections to a host of HTTP/1.1 in a session
 * (net/socket/client_socket_pool_manager.cc). What is over would wait for one of them, unseen and behind whatever is slow.
 */
const REQUESTS_PER_SESSION = 6;

/** A session for one request. */
export interface LeasedSession {
  readonly session: Session;
  /** To be called once, when the request has ended. */
  readonly release: () => void;
}

/** Sessions that share nothing with those of windows or of other pools: no connections, cookies or cache. */
export interface SessionPool {
  /** Gives one in which a connection is free for the request. */
  readonly lease: () => LeasedSession;
  /** The one that requests get first. */
  readonly first: () => Session;
}

/**
 * Makes a pool; `name` tells its partitions. A session is made when it is first needed: making one takes time that the
 * first window has a better use for.
 */
export function createSessionPool(name: string): SessionPool {
  const underWay: number[] = [];
  // Each is the same one at every call.
  const open = (index: number) =>
    session.fromPartition(index === 0 ? name : `${name}-${index + 1}`, { cache: false });
  return {
    lease: () => {
      const free = underWay.findIndex((count) => count < REQUESTS_PER_SESSION);
      const index = free < 0 ? underWay.length : free;
      underWay[index] = (underWay[index] ?? 0) + 1;
      return {
        session: open(index),
        release: () => {
          underWay[index] = (underWay[index] ?? 1) - 1;
        },
      };
    },
    first: () => open(0),
  };
}
