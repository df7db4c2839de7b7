import { expect } from '../harness/test.ts';
import type { Fault } from '../server/faults.ts';
import { type LocalServer, startServer } from '../server/server.ts';

/** Something that the server does, and what the window must say of it. */
export interface ErrorCase {
  readonly fault: Fault;
  readonly title: string;
  /** More that must be said: what to do next, or the server's own words. */
  readonly detail?: string;
}

export function toStatus(status: number, message: string): Fault {
  return { kind: 'status', status, message };
}

/** What means the same whatever was asked for. */
export const EVERYWHERE: readonly ErrorCase[] = [
  { fault: toStatus(401, 'No auth'), title: 'The API key was not accepted', detail: 'connect with it again' },
  { fault: toStatus(402, 'Pay first'), title: 'The account has no credit left', detail: 'Pay first' },
  {
    fault: { kind: 'status', status: 429, retryAfterSeconds: 7 },
    title: 'Too many requests at once',
    // It counts down.
    detail: 'Try again in ',
  },
  {
    fault: { kind: 'status', status: 429 },
    title: 'Too many requests at once',
    detail: 'Wait a minute, then try again.',
  },
  { fault: toStatus(500, 'Oops 500'), title: 'The server had an internal error', detail: 'Oops 500' },
  { fault: toStatus(502, 'Oops 502'), title: 'The storage behind OpenRouter failed', detail: 'Oops 502' },
  {
    fault: { kind: 'status', status: 503, retryAfterSeconds: 180 },
    title: 'The server is not available at the moment',
    detail: 'Try again in 3 minutes.',
  },
  { fault: toStatus(418, 'Teapot'), title: 'The server answered with status 418' },
  { fault: { kind: 'html', status: 404 }, title: 'The server answered with a web page' },
];

/** What leaves open whether a request was carried out. */
export const GAVE_UP_WAITING: readonly ErrorCase[] = [
  { fault: toStatus(408, 'Slow'), title: 'The server took too long to answer' },
  { fault: toStatus(504, 'Slow'), title: 'The server took too long to answer' },
];

/** What is wrong with an answer that should have been good, where nothing is changed by asking again. */
export const UNREADABLE: readonly ErrorCase[] = [
  { fault: { kind: 'html', status: 200 }, title: 'The server answered with a web page' },
  { fault: { kind: 'malformedJson' }, title: 'The server sent an unexpected response' },
  { fault: { kind: 'emptyBody' }, title: 'The server sent an unexpected response' },
  { fault: { kind: 'reset', at: 'headers' }, title: 'The connection broke off' },
  { fault: { kind: 'reset', at: { answerBytes: 5 } }, title: 'The connection broke off' },
];

export const FORBIDDEN: ErrorCase = {
  fault: toStatus(403, 'Not yours'),
  title: 'This API key isn’t allowed to do that',
  detail: 'The server said: “Not yours”',
};

/** Chromium asks once more when a kept connection breaks or answers 408: the fault must still be there then. */
export const ALWAYS = Number.POSITIVE_INFINITY;

export async function withElsewhere(check: (elsewhere: LocalServer, toElsewhere: Fault) => Promise<void>) {
  const elsewhere = await startServer();
  try {
    await check(elsewhere, { kind: 'redirect', status: 307, location: `${elsewhere.baseUrl}/files` });
    // Not followed at all, so the key went nowhere.
    expect(elsewhere.requests.all()).toEqual([]);
  } finally {
    await elsewhere.close();
  }
}
