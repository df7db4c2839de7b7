import type { IncomingMessage } from 'node:http';
import { AppFailure } from '#app/errors.ts';
import { isSuccess } from './answer.ts';
import type { Way } from './connections.ts';
import type { HttpRequest, HttpResponse, Timeouts } from './http.ts';
import { toNetworkFailure } from './network-errors.ts';
import { isStale, startRequest, toResponse, whenAnswered } from './start-request.ts';

/**
 * Sends a request without a body. Answers when the response's head is there; or `stale` when the connection from an
 * earlier request turned out to be closed. Then it may be sent again: a file that was deleted by the first one is gone
 * for the second. The whole answer must come within `totalMs`, unless it is the content of a file. Throws `AppFailure`.
 */
export async function sendRequest(
  { method, headers, signal }: HttpRequest,
  way: Way,
  { silenceMs, totalMs }: Pick<Timeouts, 'silenceMs' | 'totalMs'>,
  isContent: boolean,
): Promise<HttpResponse | 'stale'> {
  const request = startRequest(way, method, headers);
  // Before the head has arrived the request fails; from then on the body does.
  let answer: IncomingMessage | null = null;
  const giveUp = (code: 'cancelled' | 'timedOut') => (answer ?? request).destroy(new AppFailure({ code }));
  const cancel = () => giveUp('cancelled');
  signal.addEventListener('abort', cancel, { once: true });
  request.once('close', () => signal.removeEventListener('abort', cancel));
  request.setTimeout(silenceMs, () => giveUp('timedOut'));
  let deadline: NodeJS.Timeout | undefined;
  request.once('socket', () => {
    deadline = setTimeout(giveUp, totalMs, 'timedOut');
  });
  request.once('close', () => clearTimeout(deadline));
  request.once('response', (message) => {
    answer = message;
    // Of a large file nobody knows how long it takes.
    if (isContent && isSuccess(message.statusCode ?? 0)) clearTimeout(deadline);
  });
  const answered = whenAnswered(request);
  request.end();
  if (signal.aborted) cancel();
  try {
    return toResponse(await answered);
  } catch (cause) {
    if (isStale(request, cause)) return 'stale';
    throw toNetworkFailure(cause);
  }
}
