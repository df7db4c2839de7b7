import { once, setMaxListeners } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createSecureServer } from 'node:http2';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerRequest } from './answer-request.ts';
import { type ApiKey, ApiKeys, DEFAULT_WORKSPACE_ID, type NewApiKey } from './api-keys.ts';
import { Connections } from './connections.ts';
import { FaultPlan } from './faults.ts';
import type { IdStyle } from './file-id.ts';
import { createRandom } from './random.ts';
import { RequestLog } from './request-log.ts';
import { type SeedOptions, seedFiles } from './seed.ts';
import { createSettings } from './settings.ts';
import type { ServerState } from './state.ts';
import { FileStore, type SortKey, type StoredFile } from './store.ts';

/** A certificate and its key (PEM). */
interface Certificate {
  readonly key: string;
  readonly cert: string;
  /** Asks the client for a certificate, too, and goes on without one. */
  readonly requestCert?: boolean;
  readonly rejectUnauthorized?: false;
}

/** How a server is made; everything has a default. */
export interface ServerOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** Serves https with this certificate. */
  readonly tls?: Certificate;
  /** Speaks HTTP/2 with whoever offers it in the TLS handshake (ALPN); false unless told. */
  readonly http2?: boolean;
  /** The first is `server.apiKey`; one ordinary key unless told. */
  readonly keys?: readonly NewApiKey[];
  readonly sortKey?: SortKey;
  readonly idStyle?: IdStyle;
  /** Start of everything random. */
  readonly seed?: number;
  /** The clock of new files, milliseconds since the epoch. */
  readonly now?: () => number;
}

/** A running local OpenRouter: real HTTP on a loopback port, with switches. */
export interface LocalServer extends ServerState {
  /** What a client is given: `http://127.0.0.1:PORT/api/v1`. */
  readonly baseUrl: string;
  /** The secret of the first key. */
  readonly apiKey: string;
  /** The first key. */
  readonly key: ApiKey;
  /** Adds believable files, spread over months up to now, repeatable. */
  seed(count: number, options?: SeedOptions): readonly StoredFile[];
  /** The same as `requests.waitFor`. */
  readonly waitFor: RequestLog['waitFor'];
  /** Ends all connections and refuses new ones; files and log stay. */
  goOffline(): Promise<void>;
  /** Listens again on the same port. */
  goOnline(): Promise<void>;
  /** Ends everything; throws what went wrong inside the server itself, so that no mistake of it passes for the client's. */
  close(): Promise<void>;
}

/** Starts a server on 127.0.0.1. */
export async function startServer(options: ServerOptions = {}): Promise<LocalServer> {
  const random = createRandom(options.seed ?? 1);
  const now = options.now ?? Date.now;
  const keys = new ApiKeys();
  const [key] = (options.keys ?? [{}]).map((newKey) => keys.add(newKey));
  if (key === undefined) throw new Error('A server needs a key');
  const { sortKey = 'created', idStyle = 'current' } = options;
  const defaultWorkspaceId = key.workspaceId ?? DEFAULT_WORKSPACE_ID;
  const files = new FileStore({ random, now, idStyle, sortKey, defaultWorkspaceId });
  const requests = new RequestLog();
  const state: ServerState = { files, keys, requests, faults: new FaultPlan(), settings: createSettings() };
  const listener = createListener(state, options);
  await listener.start(options.port ?? 0);
  const scheme = options.tls === undefined ? 'http' : 'https';
  return {
    ...state,
    baseUrl: `${scheme}://127.0.0.1:${listener.port()}/api/v1`,
    apiKey: key.key,
    key,
    seed: (count, seedOptions = {}) => files.addAll(seedFiles(count, { now: now(), ...seedOptions })),
    waitFor: (predicate, timeoutMs) => requests.waitFor(predicate, timeoutMs),
    goOffline: () => listener.stop(),
    goOnline: () => listener.start(listener.port(), PORT_WAIT_MS),
    close: async () => {
      await listener.stop();
      if (listener.failures.length > 0)
        throw new AggregateError(listener.failures, 'The local server failed');
    },
  };
}

/** How long a port is waited for that the server had before: meanwhile the system may lend it to a connection. */
const PORT_WAIT_MS = 10_000;

interface Listener {
  readonly failures: readonly unknown[];
  port(): number;
  /** Waits up to `waitMs` for a port that is in use; 0 unless told. */
  start(port: number, waitMs?: number): Promise<void>;
  stop(): Promise<void>;
}

function createListener(state: ServerState, options: ServerOptions): Listener {
  const failures: unknown[] = [];
  const connections = new Connections(state.requests);
  let closing = new AbortController();
  let port = 0;
  const handle: RequestListener = (request, response) => {
    const parts = { connections, closing: closing.signal };
    answerRequest(state, request, response, parts).catch((error: unknown) => failures.push(error));
  };
  const server = openServer(options, handle);
  server.on(options.tls === undefined ? 'connection' : 'secureConnection', connections.add);
  return {
    failures,
    port: () => port,
    start: async (wanted, waitMs = 0) => {
      closing = new AbortController();
      // Every running request listens; Node would take many for a leak.
      setMaxListeners(0, closing.signal);
      await listen(server, wanted, waitMs);
      // A listening TCP server's address is never a pipe's name.
      port = (server.address() as AddressInfo).port;
    },
    stop: async () => {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      closing.abort();
      connections.endAll();
      await closed;
    },
  };
}

function openServer({ tls, http2 = false }: ServerOptions, handle: RequestListener): Server {
  const patience = {
    // A throttled upload may last as long as its test wants.
    requestTimeout: 0,
    // Node's five seconds would close an idle connection under the very request that reuses it.
    keepAliveTimeout: 60_000,
  };
  if (tls === undefined) return createServer(patience, handle);
  if (!http2) return createTlsServer({ ...patience, ...tls }, handle);
  // Node gives requests of both versions the methods that are used here; where they differ, see http2-stream.ts.
  const handleAny = handle as unknown as Parameters<typeof createSecureServer>[1];
  return createSecureServer({ ...patience, ...tls, allowHTTP1: true }, handleAny);
}

async function listen(server: Server, port: number, waitMs: number): Promise<void> {
  const endMs = Date.now() + waitMs;
  for (;;) {
    try {
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
      return;
    } catch (cause) {
      const isInUse = cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE';
      if (!isInUse || Date.now() >= endMs) throw cause;
    }
    await sleep(50);
  }
}
