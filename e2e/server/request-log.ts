import type { IncomingMessage } from 'node:http';

/** The calls of the Files API that the server speaks; `unknown` is any other request. */
export type Operation = 'list' | 'upload' | 'retrieve' | 'delete' | 'download' | 'key' | 'unknown';

/** One request as a test sees it; a live object that changes until `endedAt` is set. Holds no secret. */
export interface LoggedRequest {
  /** Counts from 1. */
  readonly number: number;
  readonly operation: Operation;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Without `authorization`. */
  readonly headers: Readonly<Record<string, string>>;
  /** `none`: no header; `unknown`: a key that the server does not have; otherwise the key's label. */
  readonly authorization: 'none' | 'unknown' | { readonly keyLabel: string };
  readonly httpVersion: '1.1' | '2';
  /** Which connection carried it, counted from 1; 0 when it was gone before. */
  readonly connection: number;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** When the answer was out or the connection gone; null while it runs. */
  readonly endedAt: number | null;
  /** Status that was sent; null while none was. */
  readonly status: number | null;
  /** Bytes of the request's body so far, envelope included. */
  readonly bytesReceived: number;
  /** Bytes of the answer's body that the kernel has taken so far. */
  readonly bytesSent: number;
  /** Whether an injected hang holds it right now. */
  readonly isHeld: boolean;
  /** The client went away before the answer was complete. While a hang holds an upload's body nothing is read, so this shows after the release. */
  readonly isAbortedByClient: boolean;
  /** Who ended the connection that carried it; null while it is open. */
  readonly connectionClosedBy: 'client' | 'server' | null;
  /** Kind of the fault that was injected into it. */
  readonly fault: string | null;
}

/** The server's own, writable view of a logged request. */
export type LogEntry = { -readonly [Field in keyof LoggedRequest]: LoggedRequest[Field] };

type Watcher = (request: LoggedRequest) => void;

/** All requests since the start, and the signal that tests wait on instead of sleeping. */
export class RequestLog {
  readonly #entries: LogEntry[] = [];
  readonly #watchers = new Set<Watcher>();
  #count = 0;

  /** Every request, oldest first, or those of one operation. */
  all(operation?: Operation): readonly LoggedRequest[] {
    return this.#entries.filter((entry) => operation === undefined || entry.operation === operation);
  }

  /** The newest request of an operation. */
  last(operation?: Operation): LoggedRequest | undefined {
    return this.all(operation).at(-1);
  }

  /** Forgets what was logged; running requests are no longer seen. */
  clear(): void {
    this.#entries.length = 0;
  }

  /** Resolves with the first request, past or future, for which the predicate holds; it is asked again at every change. Rejects after `timeoutMs` (10 s). */
  waitFor(predicate: (request: LoggedRequest) => boolean, timeoutMs = 10_000): Promise<LoggedRequest> {
    const found = this.#entries.find(predicate);
    if (found !== undefined) return Promise.resolve(found);
    return new Promise((resolve, reject) => {
      const watcher: Watcher = (request) => {
        if (!predicate(request)) return;
        stop();
        resolve(request);
      };
      const stop = () => {
        clearTimeout(timer);
        this.#watchers.delete(watcher);
      };
      const timer = setTimeout(() => {
        stop();
        reject(new Error(`No such request within ${timeoutMs} ms. Seen: ${this.#describe()}`));
      }, timeoutMs);
      timer.unref();
      this.#watchers.add(watcher);
    });
  }

  /** Starts an entry. */
  begin(
    request: IncomingMessage,
    url: URL,
    operation: Operation,
    authorization: LoggedRequest['authorization'],
  ): LogEntry {
    this.#count += 1;
    const entry: LogEntry = {
      number: this.#count,
      operation,
      method: request.method ?? '',
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: toSafeHeaders(request),
      authorization,
      httpVersion: request.httpVersionMajor === 2 ? '2' : '1.1',
      connection: 0,
      startedAt: Date.now(),
      endedAt: null,
      status: null,
      bytesReceived: 0,
      bytesSent: 0,
      isHeld: false,
      isAbortedByClient: false,
      connectionClosedBy: null,
      fault: null,
    };
    this.#entries.push(entry);
    return entry;
  }

  /** Tells everybody who waits that an entry has changed. */
  changed(entry: LogEntry): void {
    for (const watcher of [...this.#watchers]) watcher(entry);
  }

  #describe(): string {
    const lines = this.#entries
      .slice(-10)
      .map(
        (entry) => `${entry.method} ${entry.path} ${entry.status} ${entry.bytesReceived}/${entry.bytesSent}`,
      );
    return lines.length === 0 ? 'none' : lines.join('; ');
  }
}

function toSafeHeaders(request: IncomingMessage): Readonly<Record<string, string>> {
  const pairs = Object.entries(request.headers)
    // HTTP/2 names method and path in headers of its own (RFC 9113, section 8.3.1).
    .filter(([name, value]) => name !== 'authorization' && !name.startsWith(':') && value !== undefined)
    .map(([name, value]): [string, string] => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]);
  return Object.fromEntries(pairs);
}
