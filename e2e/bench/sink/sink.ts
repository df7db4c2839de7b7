import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import { createText } from '../../harness/local-files.ts';
import { readMonotonicMs } from './monotonic-clock.ts';
import { receiveUpload } from './receive-upload.ts';
import { createSinkAccount, type SinkAccount } from './sink-account.ts';
import type { SinkQuestion } from './sink-messages.ts';

// `sink.ts KEY_FILE CERTIFICATE_FILE`, forked by sink-process.ts: the least of the Files API that a client can transfer
// against, over TLS. What is uploaded is thrown away, what is saved comes from memory.

const CONTENT_BYTES = 104_857_600;
const WRITE_BYTES = 256 * 1024;
const content = createText(CONTENT_BYTES);
const accounts = new Map<string, SinkAccount>();

const [, , keyFile = '', certificateFile = ''] = process.argv;
const server = createServer(
  {
    key: readFileSync(keyFile),
    cert: readFileSync(certificateFile),
    // As a service behind a proxy does: a second run of the same client finds its connections still open.
    keepAliveTimeout: 60_000,
  },
  (request, response) => {
    answer(request, response).catch(() => request.socket.destroy());
  },
);
server.listen(0, '127.0.0.1');
await once(server, 'listening');
process.on('message', (question: SinkQuestion) => void answerQuestion(question));
process.once('disconnect', () => process.exit());
// The address of a listening TCP server is never a string.
process.send?.({ port: (server.address() as AddressInfo).port });

async function answerQuestion(question: SinkQuestion): Promise<void> {
  if (question.kind === 'addAccount') {
    accounts.set(question.key, createSinkAccount(question.answerDelayMs, CONTENT_BYTES));
    process.send?.({});
    return;
  }
  const account = accounts.get(question.key);
  if (question.kind === 'addFiles') {
    process.send?.({ ids: account?.addMany(question.count) ?? [] });
    return;
  }
  const exchanges = (await account?.takeExchanges()) ?? [];
  process.send?.({ exchanges, receivedFiles: account?.receivedFiles() ?? 0 });
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const account = accounts.get(request.headers.authorization?.replace('Bearer ', '') ?? '');
  const { pathname, searchParams } = new URL(request.url ?? '/', 'https://sink');
  const [, id, isContent] = /^\/api\/v1\/files\/(\w+)(\/content)?$/.exec(pathname) ?? [];
  const row = id === undefined ? undefined : account?.find(id);
  if (!account) sendError(response, 401);
  else if (row && isContent) await watch(request, response, account, () => sendContent(response, account));
  else if (row && request.method === 'DELETE') {
    account.remove(row.id);
    sendJson(response, 200, { _shape: 'openrouter', id: row.id, type: 'file_deleted' });
  } else if (row) sendJson(response, 200, row);
  else if (pathname !== '/api/v1/files') sendError(response, 404);
  else if (request.method === 'POST') {
    await watch(request, response, account, async () => {
      const { name, sizeBytes } = await receiveUpload(request);
      const added = account.add(name, sizeBytes, false);
      await delay(account);
      sendJson(response, 200, added);
    });
  } else {
    const limit = Number(searchParams.get('limit') ?? 100);
    sendJson(response, 200, account.listPage(limit, searchParams.get('cursor') ?? searchParams.get('after')));
  }
}

/** Notes when an exchange of content began and how it ended. */
async function watch(
  request: IncomingMessage,
  response: ServerResponse,
  account: SinkAccount,
  work: () => Promise<void>,
): Promise<void> {
  const exchange = account.begin();
  const onClose = () => {
    exchange.closedAt = readMonotonicMs();
    account.noteEnd();
  };
  request.socket.once('close', onClose);
  response.once('finish', () => {
    request.socket.off('close', onClose);
    exchange.answeredAt = readMonotonicMs();
    account.noteEnd();
  });
  await work();
}

async function sendContent(response: ServerResponse, account: SinkAccount): Promise<void> {
  await delay(account);
  response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Length': CONTENT_BYTES });
  await pipeline(Readable.from(toPieces()), response);
}

function* toPieces(): Generator<Buffer> {
  for (let offset = 0; offset < CONTENT_BYTES; offset += WRITE_BYTES) {
    yield content.subarray(offset, offset + WRITE_BYTES);
  }
}

async function delay({ answerDelayMs }: SinkAccount): Promise<void> {
  if (answerDelayMs > 0) await setTimeout(answerDelayMs);
}

function sendError(response: ServerResponse, status: number): void {
  sendJson(response, status, { error: { code: status, message: 'The sink does not serve this' } });
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  const text = Buffer.from(JSON.stringify(body));
  response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': text.byteLength });
  response.end(text);
}
