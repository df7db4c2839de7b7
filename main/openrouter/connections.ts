import type { Agent } from 'node:http';
import type { SecureContext } from 'node:tls';
import { AppFailure } from '#app/errors.ts';
import { unlessAborted } from '../unless-aborted.ts';
import { createAgent, type OpenSocket } from './agent.ts';
import { createTrust, type ReadAuthorities } from './certificate-authorities.ts';
import { openConnection } from './connect.ts';
import { toNetworkFailure } from './network-errors.ts';
import { createProxyMemory } from './proxy-memory.ts';
import { parseProxyList } from './proxy-routes.ts';
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
  /** Authorities to trust besides the bundled ones. */
  readonly readAuthorities: ReadAuthorities;
  /** How long one route may take, and the system to name its proxies, in milliseconds. */
  readonly connectMs: number;
  /** How long a connection waits for its next request, in milliseconds. */
  readonly idleMs: number;
}

/** Makes connections; nothing is read or opened before the first request. */
export function createConnections(parts: ConnectionsParts): Connections {
  const { readAuthorities, connectMs: timeoutMs, idleMs } = parts;
  const proxyMemory = createProxyMemory(parts.resolveProxy);
  // A connection through one proxy must not serve a request that is to go through another.
  const agents = new Map<string, Agent>();
  const findAgent = ({ isSecure, authority }: RequestTarget, use: Use, proxies: string): Agent => {
    const key = `${use} ${isSecure} ${authority} ${proxies}`;
    const agent = agents.get(key) ?? createAgent(isSecure, idleMs);
    agents.set(key, agent);
    return agent;
  };
  let trust: Promise<SecureContext> | undefined;
  const loadTrust = () => {
    trust ??= createTrust(readAuthorities);
    return trust;
  };
  /** Of a batch of uploads it is the same each time. */
  let lastTarget: RequestTarget | undefined;
  const findTarget = (url: string): RequestTarget => {
    if (lastTarget?.url !== url) lastTarget = parseTarget(url);
    return lastTarget;
  };
  /** Waits no longer than for a connection; what the system says afterwards is remembered all the same. */
  const askProxies = async (origin: string, signal: AbortSignal): Promise<string> => {
    const over = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    const toReason = () => new AppFailure({ code: signal.aborted ? 'cancelled' : 'timedOut' });
    try {
      return await unlessAborted(proxyMemory.ask(origin), over, toReason);
    } catch (cause) {
      throw toNetworkFailure(cause);
    }
  };
  return {
    find: async (url, use, signal) => {
      const target = findTarget(url);
      const proxies = proxyMemory.recall(target.origin) ?? (await askProxies(target.origin, signal));
      return {
        target,
        agent: findAgent(target, use, proxies),
        openSocket: () =>
          openConnection(target, parseProxyList(proxies), { trust: loadTrust, timeoutMs }, signal),
      };
    },
    close: () => {
      for (const agent of agents.values()) agent.destroy();
    },
  };
}
