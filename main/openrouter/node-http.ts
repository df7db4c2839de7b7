import http from 'node:http';
import https from 'node:https';
import { AppFailure } from '#app/errors.ts';
import { type SendHttp, SILENCE_TIMEOUT_MS, toHeaderMap } from './http.ts';
import { toNetworkError } from './network-errors.ts';

/** Gives Node's client for the scheme of a URL. */
export function toNodeClient(url: URL): typeof http | typeof https {
  return url.protocol === 'https:' ? https : http;
}

/** {@link SendHttp} over Node's own client: for where there is no Electron. */
export const sendOverNode: SendHttp = ({ method, url, headers, signal }) =>
  new Promise((resolve, reject) => {
    const target = new URL(url);
    const request = toNodeClient(target).request(target, { method, headers, signal, agent: false });
    request.setTimeout(SILENCE_TIMEOUT_MS, () => request.destroy(new AppFailure({ code: 'timedOut' })));
    request.on('error', (cause) => {
      reject(new AppFailure(signal.aborted ? { code: 'cancelled' } : toNetworkError(cause), { cause }));
    });
    request.on('response', (response) => {
      const status = response.statusCode ?? 0;
      if (status >= 300 && status < 400) {
        response.destroy();
        reject(new AppFailure({ code: 'unexpectedAnswer', status, detail: 'redirect' }));
        return;
      }
      resolve({ status, headers: toHeaderMap(response.headers), body: response });
    });
    request.end();
  });
