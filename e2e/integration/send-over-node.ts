import http from 'node:http';
import { AppFailure } from '#app/errors.ts';
import { type SendHttp, toHeaderMap } from '../../main/openrouter/http.ts';
import { toNetworkError } from '../../main/openrouter/network-errors.ts';

/** `SendHttp` over Node's own client: the app's is Electron's, which the tests through the window prove. */
export const sendOverNode: SendHttp = ({ method, url, headers, signal }) =>
  new Promise((resolve, reject) => {
    const request = http.request(url, { method, headers, signal, agent: false });
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
