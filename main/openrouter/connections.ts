import type { Agent } from 'node:http';
import { AppFailure } from '#app/errors.ts';
import { unlessAborted } from '../unless-aborted.ts';
import { createAgent, type OpenSocket } from './agent.ts';
import type { ReadAuthorities } from './certificate-authorities.ts';
import { toNetworkFailure } from './network-errors.ts';
import { createOpenThrough } from './open-through.ts';
import { createProxyMemory } from './proxy-memory.ts';
import { parseTarget, type RequestTarget } from './target.ts';

/** How one request reaches its server. */
export interface Way {
  readonly target: RequestTarget;
  /** Keeps the connections that lead there by this way. */
  readonly agent: Agent;
  readonly openSocket: OpenSocket;
}

/**
 * What a connection is kept for. Uploads have their own: one that meets a connection that was closed meanwhile may have
 * to be looked for, so it shall not meet those of all other requests.
 */
export type Use = 'request' | 'upload';

/** The connections of all requests; they are kept between them. */
export interface Connections {
  /** Opens nothing. Throws `AppFailure` when the system does not name its proxies in time. */
  find(url: string, use: Use, signal: AbortSignal): Promise<Way>;
  /** Closes every connection, those in use too. */
  close(): void;
}

/** What connections are made of. */
export interface ConnectionsParts {
  /** Gives a URL's proxies as a PAC script does. */
  readonly resolveProxy: (url: string) => Promise<string>;
  /** Authorities to trust besides the bundled ones; asked for once these do not suffice. */
  readonly readAuthorities: ReadAuthorities;
  /** How long one route may take, and the system to name its proxies, in milliseconds. */
  readonly connectMs: number;
  /** How long a connection waits for its next request, in milliseconds. */
  readonly idleMs: number;
}

/** Makes connections; nothing is read or opened before the first request. */
export function createConnections(parts: ConnectionsParts): Connections {
  const { readAuthorities, connectMs, idleMs } = parts;
  const proxyMemory = createProxyMemory(parts.resolveProxy);
  const openThrough = createOpenThrough(readAuthorities, connectMs);
  // A connection through one proxy must not serve a request that is to go through another.
  const agents = new Map<string, Agent>();
  const findAgent = ({ isSecure, authority }: RequestTarget, use: Use, proxies: string): Agent => {
    const key = `${use} ${isSecure} ${authority} ${proxies}`;
    const agent = agents.get(key) ?? createAgent(isSecure, idleMs);
    agents.set(key, agent);
    return agent;
  };
  /** Of a batch of uploads it is the same each time, and a thousand small ones notice. */
  let lastTarget: RequestTarget | undefined;
  const findTarget = (url: string): RequestTarget => {
    if (lastTarget?.url !== url) lastTarget = parseTarget(url);
    return lastTarget;
  };
  return {
    find: async (url, use, signal) => {
      const target = findTarget(url);
      const proxies =
        proxyMemory.recall(target.origin) ??
        (await inTime(proxyMemory.ask(target.origin), connectMs, signal));
      return {
        target,
        agent: findAgent(target, use, proxies),
        openSocket: () => openThrough(target, proxies, signal),
      };
    },
    close: () => {
      for (const agent of agents.values()) agent.destroy();
    },
  };
}

/** Waits no longer than that; what the system says afterwards is remembered all the same. */
async function inTime(proxies: Promise<string>, timeoutMs: number, signal: AbortSignal): Promise<string> {
  const over = new AbortController();
  const giveUp = (code: 'cancelled' | 'timedOut') => over.abort(new AppFailure({ code }));
  const cancel = () => giveUp('cancelled');
  const timer = setTimeout(giveUp, timeoutMs, 'timedOut');
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  try {
    return await unlessAborted(proxies, over.signal);
  } catch (cause) {
    throw toNetworkFailure(cause);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', cancel);
  }
}
