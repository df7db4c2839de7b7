import { once } from 'node:events';
import http from 'node:http';
import net, { type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import tls, { type SecureContext } from 'node:tls';
import { type AppError, AppFailure, isPassingRefusal } from '#app/errors.ts';
import { toNetworkFailure } from './network-errors.ts';
import type { Route } from './proxy-routes.ts';
import type { Target } from './target.ts';

/** What opening a connection needs. */
export interface ConnectParts {
  /** What certificates are checked against; Node's bundled authorities unless told. */
  readonly trust: SecureContext | undefined;
  /** How long one route may take, in milliseconds. */
  readonly timeoutMs: number;
  /** Told of a route on which nothing answered in time. */
  readonly onSwallowed: (route: Route) => void;
}

/**
 * How long each address of a host may take before the next one is tried, in milliseconds. Node 20's 250 are less than a
 * handshake takes by satellite, and an address that was given up is not waited for any more (nodejs/node#54359).
 */
const ADDRESS_TIMEOUT_MS = 1000;

/** Waits before the routes are tried again where a proxy failed, in milliseconds: nothing has been sent yet. */
const PROXY_RETRY_MS = [500, 1500];

/**
 * Opens a connection by the first route that works; TLS is established. Where a proxy could not reach the server, all
 * routes are tried again in a moment. Throws `AppFailure`: `offline`, `timedOut`, `connectionLost`,
 * `untrustedCertificate`, `proxyRefused` or `cancelled`. Whatever is open then is closed at once.
 */
export async function openConnection(
  target: Target,
  routes: readonly Route[],
  parts: ConnectParts,
  signal: AbortSignal,
): Promise<Socket> {
  for (let round = 0; ; round += 1) {
    const opened = await tryRoutes(target, routes, parts, signal);
    if (!(opened instanceof AppFailure)) return opened;
    const waitMs = PROXY_RETRY_MS[round];
    if (waitMs === undefined || opened.error.code !== 'proxyRefused' || isFinal(opened.error)) throw opened;
    await sleep(waitMs, undefined, { signal, ref: false }).catch(() => {
      throw new AppFailure({ code: 'cancelled' });
    });
  }
}

/** Gives the failure where no route works: that of a proxy that answered says more than that of one that did not. */
async function tryRoutes(
  target: Target,
  routes: readonly Route[],
  parts: ConnectParts,
  signal: AbortSignal,
): Promise<Socket | AppFailure> {
  let failure = new AppFailure({ code: 'offline' });
  for (const route of routes) {
    try {
      return await openRoute(target, route, parts, signal);
    } catch (cause) {
      const next = toNetworkFailure(cause);
      if (isFinal(next.error)) return next;
      if (failure.error.code !== 'proxyRefused') failure = next;
      if (next.error.code === 'timedOut') parts.onSwallowed(route);
    }
  }
  return failure;
}

/** What a next route could not mend, as it says something of the server or was decided by a person. */
function isFinal(error: AppError): boolean {
  if (error.code === 'proxyRefused') return !isPassingRefusal(error.status);
  return error.code === 'cancelled' || error.code === 'untrustedCertificate';
}

async function openRoute(
  target: Target,
  route: Route,
  { trust, timeoutMs }: ConnectParts,
  signal: AbortSignal,
): Promise<Socket> {
  const attempt = new AbortController();
  const giveUp = (code: 'cancelled' | 'timedOut') => attempt.abort(new AppFailure({ code }));
  const cancel = () => giveUp('cancelled');
  const timer = setTimeout(giveUp, timeoutMs, 'timedOut');
  signal.addEventListener('abort', cancel, { once: true });
  try {
    if (signal.aborted) cancel();
    attempt.signal.throwIfAborted();
    const socket = await reachTarget(target, route, trust, attempt.signal);
    const secured = target.isSecure ? await startTls(socket, target.host, trust, attempt.signal) : socket;
    // The last event and an abort can fall into one turn.
    attempt.signal.throwIfAborted();
    return secured;
  } catch (cause) {
    attempt.abort(cause);
    throw attempt.signal.reason;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', cancel);
  }
}

async function reachTarget(
  target: Target,
  route: Route,
  trust: ConnectParts['trust'],
  signal: AbortSignal,
): Promise<Socket> {
  if (route.kind === 'direct') return connectTcp(target.host, target.port, signal);
  const socket = await connectTcp(route.host, route.port, signal);
  if (route.kind === 'socks') return askSocks(socket, target, route, signal);
  const secured = route.isSecure ? await startTls(socket, route.host, trust, signal) : socket;
  return askHttpProxy(secured, target, signal);
}

async function connectTcp(host: string, port: number, signal: AbortSignal): Promise<Socket> {
  const socket = net.connect({
    host,
    port,
    noDelay: true,
    autoSelectFamilyAttemptTimeout: ADDRESS_TIMEOUT_MS,
  });
  guard(socket, signal);
  await once(socket, 'connect', { signal });
  return socket;
}

async function startTls(
  socket: Socket,
  host: string,
  trust: ConnectParts['trust'],
  signal: AbortSignal,
): Promise<Socket> {
  const secured = tls.connect({
    socket,
    host,
    ...(trust ? { secureContext: trust } : {}),
    // Without it `NODE_TLS_REJECT_UNAUTHORIZED=0` in a person's environment would send the key to anybody.
    rejectUnauthorized: true,
    ALPNProtocols: ['http/1.1'],
    // Addresses have no place in SNI (RFC 6066, section 3).
    ...(net.isIP(host) === 0 ? { servername: host } : {}),
  });
  guard(secured, signal);
  await once(secured, 'secureConnect', { signal });
  return secured;
}

/** Closes a socket as soon as its attempt is over, and keeps an error between two of its listeners from ending the app. */
function guard(socket: Socket, signal: AbortSignal): void {
  socket.on('error', () => undefined);
  signal.addEventListener('abort', () => socket.destroy(), { once: true });
}

/** CONNECT (RFC 9110, section 9.3.6), also for http: a tunnel is all that is wanted of a proxy. */
async function askHttpProxy(socket: Socket, { host, port }: Target, signal: AbortSignal): Promise<Socket> {
  const authority = `${net.isIPv6(host) ? `[${host}]` : host}:${port}`;
  const request = http.request({
    method: 'CONNECT',
    path: authority,
    headers: { Host: authority },
    createConnection: () => socket,
  });
  // Whoever waits for an answer hears of an error; a later one, as of a proxy that was given up, must not end the app.
  request.on('error', () => undefined);
  request.end();
  // Typed by Node's documentation of the event `connect`.
  const [response, tunnel, head] = (await once(request, 'connect', { signal })) as [
    http.IncomingMessage,
    Socket,
    Buffer,
  ];
  const { statusCode: status = 0 } = response;
  if (status < 200 || status >= 300) throw new AppFailure({ code: 'proxyRefused', status });
  if (head.length > 0) tunnel.unshift(head);
  return tunnel;
}

/**
 * SOCKS has no HTTP statuses: its refusals are given the one of their meaning. What says that the server cannot be
 * reached (replies 3 to 6 of RFC 1928, section 6) is the same as without a proxy.
 */
async function askSocks(
  socket: Socket,
  { host, port }: Target,
  route: Extract<Route, { kind: 'socks' }>,
  signal: AbortSignal,
): Promise<Socket> {
  const { SocksClient } = await import('socks');
  signal.throwIfAborted();
  try {
    const opened = await SocksClient.createConnection({
      proxy: { host: route.host, port: route.port, type: route.version },
      destination: { host, port },
      command: 'connect',
      existing_socket: socket,
    });
    return opened.socket;
  } catch (cause) {
    const { message } = cause instanceof Error ? cause : new Error(String(cause));
    if (/HostUnreachable|NetworkUnreachable|ConnectionRefused|TTLExpired/.test(message))
      throw new AppFailure({ code: 'offline' }, { cause });
    if (/auth/i.test(message)) throw new AppFailure({ code: 'proxyRefused', status: 407 }, { cause });
    if (/rejected/i.test(message)) throw new AppFailure({ code: 'proxyRefused', status: 403 }, { cause });
    throw cause;
  }
}
