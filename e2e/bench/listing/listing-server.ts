import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { assertNever } from '#app/assert-never.ts';
import { createListingFiles } from './listing-files.ts';
import type { ListingQuestion, PageRequests } from './listing-messages.ts';
import { createListingPages } from './listing-pages.ts';

// `listing-server.ts COUNT`, forked by listing-process.ts: a location of so many files, every answer made
// beforehand, so that what a reading costs is the reader's. It accepts every key.

const PAGE_ROWS = 1000;
const pages = createListingPages(createListingFiles(Number(process.argv[2])), PAGE_ROWS);
const keyBody = Buffer.from(JSON.stringify({ data: { label: 'sk-or-v1-bench' } }));

let requests: PageRequests = [];
let delayMs = 0;
let held: (() => void)[] | null = null;
const signals = new EventEmitter();

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  answer(request, response).catch(() => request.socket.destroy());
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
process.on('message', (question: ListingQuestion) => {
  void answerQuestion(question).then((value) => process.send?.(value));
});
process.once('disconnect', () => process.exit());
// The address of a listening TCP server is never a string.
process.send?.({ port: (server.address() as AddressInfo).port, queries: pages.queries });

async function answerQuestion(question: ListingQuestion): Promise<object> {
  switch (question.kind) {
    case 'hold':
      held = [];
      return {};
    case 'whenHeld':
      if (held?.length === 0) await once(signals, 'held');
      return {};
    case 'release': {
      const releasedAt = readWallClock();
      for (const goOn of held ?? []) goOn();
      held = null;
      return { releasedAt };
    }
    case 'setDelay':
      delayMs = question.delayMs;
      return {};
    case 'takeRequests': {
      const taken = requests;
      requests = [];
      return { requests: taken };
    }
    default:
      return assertNever(question);
  }
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const startedAt = readWallClock();
  const { pathname, searchParams, search } = new URL(request.url ?? '/', 'http://listing');
  if (pathname === '/api/v1/key') return send(response, 200, keyBody);
  const position = searchParams.get('cursor') ?? searchParams.get('after') ?? '';
  const body = pathname === '/api/v1/files' ? pages.bodies.get(position) : undefined;
  if (!body) return send(response, 404, Buffer.from('{"error":{"code":404,"message":"Not here"}}'));
  if (held) await hold(held);
  if (delayMs > 0) await wait(delayMs);
  response.once('finish', () =>
    requests.push({ query: search.slice(1), startedAt, endedAt: readWallClock() }),
  );
  send(response, 200, body);
}

function hold(waiting: (() => void)[]): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    signals.emit('held');
  });
}

function send(response: ServerResponse, status: number, body: Buffer): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': body.byteLength });
  response.end(body);
}

/** Finer than `Date.now()`, and the same clock. */
function readWallClock(): number {
  return performance.timeOrigin + performance.now();
}
