import { finished, Readable } from 'node:stream';
import { type ClientRequest, type IncomingMessage, net } from 'electron';
import { AppFailure } from '#app/errors.ts';
import { isSuccess } from './answer.ts';
import { isCoded } from './content-coding.ts';
import { type HttpRequest, type HttpResponse, type SendHttp, type Timeouts, toHeaderMap } from './http.ts';
import { toNetworkFailure } from './network-errors.ts';
import type { LeasedSession, SessionPool } from './session-pool.ts';
import { createSilenceClock, type SilenceClock } from './silence-clock.ts';

/** How much of a body is kept for whoever reads it slowly. Electron gives pieces of up to 64 KiB, and more when main was busy. */
const BODY_BUFFER_BYTES = 256 * 1024;

/** What requests over Chromium are made with. */
export interface ElectronSendParts {
  readonly sessions: SessionPool;
  /** Whether the content of a file is asked for, which may take as long as it likes. */
  readonly isContent: boolean;
  readonly timeouts: Pick<Timeouts, 'connectMs' | 'silenceMs' | 'totalMs'>;
}

/**
 * {@link SendHttp} over Chromium's network stack: it speaks HTTP/2, keeps connections, takes the system's proxies, signs
 * in at them where the system can, and trusts what the system trusts. What meets a kept connection that turns out to be
 * closed is sent again by Chromium.
 */
export function createElectronSend({ sessions, isContent, timeouts }: ElectronSendParts): SendHttp {
  return async (request) => {
    if (request.signal.aborted) throw new AppFailure({ code: 'cancelled' });
    return sendThrough(sessions.lease(), request, { isContent, timeouts });
  };
}

function sendThrough(
  { session, release }: LeasedSession,
  { method, url, headers, signal }: HttpRequest,
  limits: Omit<ElectronSendParts, 'sessions'>,
): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    const request = net.request({
      method,
      url,
      session,
      redirect: 'manual',
      credentials: 'omit',
      useSessionCookies: false,
    });
    for (const [name, value] of Object.entries(headers)) request.setHeader(name, value);
    // Before the head has arrived the promise fails; from then on the body does.
    const giveUp = (failure: AppFailure) => {
      reject(failure);
      body.destroy(failure);
    };
    const clock = startClock(limits, () => giveUp(new AppFailure({ code: 'timedOut' })));
    const cancel = () => giveUp(new AppFailure({ code: 'cancelled' }));
    signal.addEventListener('abort', cancel, { once: true });
    const body = new ElectronBody(request, clock, () => {
      signal.removeEventListener('abort', cancel);
      release();
    });
    // A followed redirect would take the Authorization header to the other host.
    request.on('redirect', (status) =>
      giveUp(new AppFailure({ code: 'unexpectedAnswer', status, detail: 'redirect' })),
    );
    request.on('login', (_info, cancelLogin) => cancelLogin());
    request.on('error', (cause) => giveUp(toNetworkFailure(cause)));
    request.on('response', (response) => {
      // Electron can give 0, which is no status, for an answer that comes in while the app quits.
      if (response.statusCode < 100) return giveUp(new AppFailure({ code: 'connectionLost' }));
      clock.noteHead(isSuccess(response.statusCode));
      const head = { status: response.statusCode, headers: toHeaderMap(response.headers) };
      body.fillFrom(response, toAnnouncedBytes(head.headers));
      resolve({ ...head, body });
    });
    request.end();
  });
}

/** Chromium does not tell when a connection is there: until the head, both times count together. */
function startClock(
  { isContent, timeouts: { connectMs, silenceMs, totalMs } }: Omit<ElectronSendParts, 'sessions'>,
  onTimeout: () => void,
): SilenceClock {
  const headMs = connectMs + silenceMs;
  return createSilenceClock({ headMs, silenceMs, totalMs: connectMs + totalMs, isContent }, onTimeout);
}

/** The body of an answer, which can be had before there is one. Closing it ends the request. */
class ElectronBody extends Readable {
  #source: Readable | null = null;
  readonly #request: ClientRequest;
  readonly #clock: SilenceClock;
  readonly #onClosed: () => void;

  constructor(request: ClientRequest, clock: SilenceClock, onClosed: () => void) {
    super({ highWaterMark: BODY_BUFFER_BYTES });
    this.#request = request;
    this.#clock = clock;
    this.#onClosed = onClosed;
    // Without a listener an error that was already given to the promise would be uncaught.
    this.on('error', () => undefined);
  }

  /** `announcedBytes` is null where the head does not say how many bytes will come. */
  fillFrom(response: IncomingMessage, announcedBytes: number | null): void {
    const source = toReadable(response);
    this.#source = source;
    let receivedBytes = 0;
    source.on('data', (bytes: Buffer) => {
      receivedBytes += bytes.length;
      this.#clock.noteBytes();
      if (this.push(bytes)) return;
      source.pause();
      // Now it is this computer that takes nothing.
      this.#clock.pause();
    });
    finished(source, (cause) => {
      this.#clock.stop();
      // Over HTTP/2 Chromium takes an end for the end.
      const isShort = announcedBytes !== null && receivedBytes < announcedBytes;
      if (cause) this.destroy(toNetworkFailure(cause));
      else if (isShort) this.destroy(new AppFailure({ code: 'connectionLost' }));
      else this.push(null);
    });
  }

  override _read(): void {
    if (!this.#source?.isPaused()) return;
    this.#clock.resume();
    this.#source.resume();
  }

  override _destroy(failure: Error | null, done: (failure: Error | null) => void): void {
    this.#clock.stop();
    this.#onClosed();
    if (!this.#source?.readableEnded) this.#request.abort();
    done(failure);
  }
}

/** What is announced of a compressed body is not the length that arrives. */
function toAnnouncedBytes(headers: ReadonlyMap<string, string>): number | null {
  const length = headers.get('content-length') ?? '';
  return /^\d+$/.test(length) && !isCoded(headers) ? Number(length) : null;
}

/** Electron's response is a stream of Node at run time, which its types do not say. */
function toReadable(response: unknown): Readable {
  if (response instanceof Readable) return response;
  throw new Error('Electron answered with something other than a readable stream');
}
