import type { IncomingMessage } from 'node:http';
import { AppFailure } from '#app/errors.ts';
import type { Way } from './connections.ts';
import type { HttpRequest, HttpResponse } from './http.ts';
import { toNetworkFailure } from './network-errors.ts';
import { isStale, startRequest, toResponse } from './start-request.ts';

/**
 * Sends a request without a body. Answers when the response's head is there; or `stale` when the connection from an
 * earlier request turned out to be closed: to get or to delete a thing twice comes to the same. Throws `AppFailure`.
 */
export function sendRequest(
  { method, headers, signal }: HttpRequest,
  way: Way,
  silenceMs: number,
): Promise<HttpResponse | 'stale'> {
  return new Promise((resolve, reject) => {
    const request = startRequest(way, method, headers);
    // Before the head has arrived the promise fails; from then on the body does.
    let answer: IncomingMessage | null = null;
    const giveUp = (code: 'cancelled' | 'timedOut') => (answer ?? request).destroy(new AppFailure({ code }));
    const cancel = () => giveUp('cancelled');
    signal.addEventListener('abort', cancel, { once: true });
    request.once('close', () => signal.removeEventListener('abort', cancel));
    request.setTimeout(silenceMs, () => giveUp('timedOut'));
    request.on('error', (cause) => {
      if (isStale(request, cause)) resolve('stale');
      else reject(toNetworkFailure(cause));
    });
    request.once('response', (message) => {
      answer = message;
      // Without a listener an error that nobody waits for yet would be uncaught.
      message.on('error', () => undefined);
      resolve(toResponse(message));
    });
    request.end();
    if (signal.aborted) cancel();
  });
}
