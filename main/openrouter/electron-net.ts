import { finished, Readable } from 'node:stream';
import { net, type Session, session } from 'electron';
import { AppFailure } from '#app/errors.ts';
import { isSuccess } from './answer.ts';
import { type SendHttp, toHeaderMap } from './http.ts';
import { toNetworkFailure } from './network-errors.ts';

/** How long a server may stay silent, before an answer and between two parts of it, in milliseconds. */
const SILENCE_TIMEOUT_MS = 30_000;
/** How much of a body is kept for whoever reads it slowly. Electron gives pieces of up to 64 KiB, and more when main was busy. */
const BODY_BUFFER_BYTES = 256 * 1024;

/**
 * {@link SendHttp} over Chromium's network stack, for the contents of files: large bodies arrive in less than half the
 * time that they take Node in Electron. It has a session of its own, without cookies or a cache, which is made at the
 * first request: making it takes time that the first window has a better use for.
 */
export function createElectronSend(): SendHttp {
  return ({ method, url, headers, signal }) =>
    new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(new AppFailure({ code: 'cancelled' }));
        return;
      }
      const request = net.request({
        method,
        url,
        session: openSession(),
        redirect: 'manual',
        credentials: 'omit',
        useSessionCookies: false,
      });
      for (const [name, value] of Object.entries(headers)) request.setHeader(name, value);

      // Before the head has arrived the promise fails; from then on the body does.
      let source: Readable | null = null;
      const body = new Readable({
        highWaterMark: BODY_BUFFER_BYTES,
        read: () => source?.resume(),
        destroy: (failure, done) => {
          release();
          if (!source?.readableEnded) request.abort();
          done(failure);
        },
      });
      // Without a listener an error that was already given to the promise would be uncaught.
      body.on('error', () => undefined);
      const giveUp = (failure: AppFailure) => {
        reject(failure);
        body.destroy(failure);
      };
      const silence = setTimeout(() => giveUp(new AppFailure({ code: 'timedOut' })), SILENCE_TIMEOUT_MS);
      const onAbort = () => giveUp(new AppFailure({ code: 'cancelled' }));
      signal.addEventListener('abort', onAbort, { once: true });
      const release = () => {
        clearTimeout(silence);
        signal.removeEventListener('abort', onAbort);
      };

      // A followed redirect would take the Authorization header to the other host.
      request.on('redirect', (status) =>
        giveUp(new AppFailure({ code: 'unexpectedAnswer', status, detail: 'redirect' })),
      );
      request.on('login', (_info, cancelLogin) => cancelLogin());
      request.on('error', (cause) => giveUp(toNetworkFailure(cause)));
      request.on('response', (response) => {
        // Electron can give 0, which is no status, for an answer that comes in while the app quits.
        if (response.statusCode < 100) return giveUp(new AppFailure({ code: 'connectionLost' }));
        source = toReadable(response);
        const from = source;
        from.on('data', (bytes: Buffer) => {
          // The body of a failure is short: a trickle of it is not waited for.
          if (isSuccess(response.statusCode)) silence.refresh();
          if (!body.push(bytes)) from.pause();
        });
        finished(from, (cause) => {
          if (cause) body.destroy(toNetworkFailure(cause));
          else body.push(null);
        });
        resolve({ status: response.statusCode, headers: toHeaderMap(response.headers), body });
      });
      request.end();
    });
}

/**
 * Gives the system's proxies for a URL as a PAC script does (`PROXY a:3128; DIRECT`), with what the system itself
 * excepts, such as loopback, left out.
 */
export function createElectronProxyResolver(): (url: string) => Promise<string> {
  return (url) => openSession().resolveProxy(url);
}

/** The same one at every call. */
function openSession(): Session {
  return session.fromPartition('openrouter', { cache: false });
}

/** Electron's response is a stream of Node at run time, which its types do not say. */
function toReadable(response: unknown): Readable {
  if (response instanceof Readable) return response;
  throw new Error('Electron answered with something other than a readable stream');
}
