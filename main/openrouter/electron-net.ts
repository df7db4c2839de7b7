import { PassThrough, pipeline, Readable } from 'node:stream';
import { net, type Session, session } from 'electron';
import { AppFailure } from '#app/errors.ts';
import { type SendHttp, SILENCE_TIMEOUT_MS, toHeaderMap } from './http.ts';
import { toNetworkError } from './network-errors.ts';

/**
 * {@link SendHttp} over Chromium's network stack, for its use of the system's proxy and certificates. It has a session
 * of its own, without cookies or a cache, which is made at the first request: making it takes time that the first
 * window has a better use for.
 */
export function createElectronSend(): SendHttp {
  let own: Session | undefined;
  return ({ method, url, headers, signal }) =>
    new Promise((resolve, reject) => {
      own ??= session.fromPartition('openrouter', { cache: false });
      if (signal.aborted) {
        reject(new AppFailure({ code: 'cancelled' }));
        return;
      }
      const request = net.request({
        method,
        url,
        session: own,
        redirect: 'manual',
        credentials: 'omit',
        useSessionCookies: false,
      });
      for (const [name, value] of Object.entries(headers)) request.setHeader(name, value);

      // Before the head has arrived the promise fails; from then on the body does.
      const body = new PassThrough();
      const giveUp = (failure: AppFailure) => {
        reject(failure);
        body.destroy(failure);
        request.abort();
      };
      const silence = setTimeout(() => giveUp(new AppFailure({ code: 'timedOut' })), SILENCE_TIMEOUT_MS);
      const onAbort = () => giveUp(new AppFailure({ code: 'cancelled' }));
      signal.addEventListener('abort', onAbort, { once: true });
      const release = () => {
        clearTimeout(silence);
        signal.removeEventListener('abort', onAbort);
      };
      body.once('close', release);
      // Without a listener an error that was already given to the promise would be uncaught.
      body.on('error', () => undefined);

      // A followed redirect would take the Authorization header to the other host.
      request.on('redirect', (status) =>
        giveUp(new AppFailure({ code: 'unexpectedAnswer', status, detail: 'redirect' })),
      );
      request.on('login', (_info, cancelLogin) => cancelLogin());
      request.on('error', (cause) => giveUp(new AppFailure(toNetworkError(cause), { cause })));
      request.on('response', (response) => {
        const source = toReadable(response);
        source.on('data', () => silence.refresh());
        pipeline(source, body, (cause) => {
          if (cause) body.destroy(new AppFailure(toNetworkError(cause), { cause }));
        });
        body.once('close', () => {
          if (!source.readableEnded) request.abort();
        });
        resolve({ status: response.statusCode, headers: toHeaderMap(response.headers), body });
      });
      request.end();
    });
}

/** Electron's response is a stream of Node at run time, which its types do not say. */
function toReadable(response: unknown): Readable {
  if (response instanceof Readable) return response;
  throw new Error('Electron answered with something other than a readable stream');
}
