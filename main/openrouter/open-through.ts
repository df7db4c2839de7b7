import type { Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import { AppFailure } from '#app/errors.ts';
import { createTrust, type ReadAuthorities } from './certificate-authorities.ts';
import { openConnection } from './connect.ts';
import { parseProxyList } from './proxy-routes.ts';
import { createRouteMemory } from './route-memory.ts';
import type { Target } from './target.ts';

/** Opens a connection by a list of proxies as a PAC script gives it; fails as {@link openConnection} does. */
export type OpenThrough = (target: Target, proxies: string, signal: AbortSignal) => Promise<Socket>;

/**
 * Makes what opens connections. It trusts the bundled authorities, and asks the system for its own when a certificate
 * needs more: that takes macOS seconds, in which main stands still. Until a certificate is trusted nothing is sent.
 */
export function createOpenThrough(readAuthorities: ReadAuthorities, timeoutMs: number): OpenThrough {
  const routeMemory = createRouteMemory();
  const open = (target: Target, proxies: string, trust: SecureContext | undefined, signal: AbortSignal) =>
    openConnection(
      target,
      routeMemory.sort(parseProxyList(proxies)),
      { trust, timeoutMs, onSwallowed: routeMemory.noteSwallowed },
      signal,
    );
  let systemTrust: Promise<SecureContext> | undefined;
  return async (target, proxies, signal) => {
    if (systemTrust) return open(target, proxies, await systemTrust, signal);
    try {
      return await open(target, proxies, undefined, signal);
    } catch (cause) {
      if (!(cause instanceof AppFailure) || cause.error.code !== 'untrustedCertificate') throw cause;
      systemTrust ??= createTrust(readAuthorities);
      return open(target, proxies, await systemTrust, signal);
    }
  };
}
