import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Answer, createHtmlAnswer } from './answer.ts';
import type { Connections } from './connections.ts';
import { ApiError, createErrorAnswer } from './errors.ts';
import { ConnectionGone, Exchange } from './exchange.ts';
import { changeAnswer, replaceAnswer } from './fault-answers.ts';
import type { Stage } from './faults.ts';
import type { LoggedRequest } from './request-log.ts';
import { resolveScope } from './routes/call.ts';
import { findRoute, prepareRoute, type Route } from './routes/route.ts';
import { sendAnswer } from './send-answer.ts';
import { chooseShape } from './shapes.ts';
import type { ServerState } from './state.ts';

/** What the requests of one listener share. */
export interface ListenerParts {
  readonly connections: Connections;
  /** Aborts when the server closes. */
  readonly closing: AbortSignal;
}

/** Answers one request from its first byte to its last; rejects only for a mistake of the server's own. */
export async function answerRequest(
  state: ServerState,
  request: IncomingMessage,
  response: ServerResponse,
  { connections, closing }: ListenerParts,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const route = findRoute(request.method, url.pathname);
  const entry = state.requests.begin(request, url, route.operation, toAuthorization(state, request));
  const fault = state.faults.take(entry);
  entry.fault = fault?.fault.kind ?? null;
  const connection = connections.carries(request.socket, entry);
  const { requests: log, settings } = state;
  const exchange = new Exchange({ request, response, connection, entry, log, settings, fault, closing });
  log.changed(entry);
  try {
    await exchange.delay();
    const answer = await findAnswer(state, exchange, route, url);
    exchange.discardBody();
    await sendAnswer(exchange, answer);
  } catch (error) {
    if (error instanceof ConnectionGone || exchange.isGone) return;
    response.destroy();
    throw error;
  }
}

async function findAnswer(state: ServerState, exchange: Exchange, route: Route, url: URL): Promise<Answer> {
  const replaced = await reach(exchange, 'headers');
  if (replaced !== null) return replaced;
  if (route.operation === 'unknown') return createHtmlAnswer(404, 'This page could not be found');
  try {
    const { request } = exchange;
    const caller = state.keys.authenticate(request.headers.authorization);
    if (caller.isConfined && route.operation !== 'key') throw new ApiError(404);
    const query = url.searchParams;
    const scope = resolveScope(state, caller, query);
    const shape = chooseShape(request.headers);
    const act = await prepareRoute(route, { state, exchange, caller, query, scope, shape });
    const beforeAction = await reach(exchange, 'body');
    if (beforeAction !== null) return beforeAction;
    const answer = act();
    const afterAction = await reach(exchange, 'applied');
    return afterAction ?? changeAnswer(exchange.fault?.fault, answer, query.get('cursor'));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return createErrorAnswer(error.status, { message: error.message });
  }
}

async function reach(exchange: Exchange, stage: Stage): Promise<Answer | null> {
  await exchange.reachStage(stage);
  return replaceAnswer(exchange.fault?.fault, stage);
}

function toAuthorization(state: ServerState, request: IncomingMessage): LoggedRequest['authorization'] {
  const { authorization } = request.headers;
  if (authorization === undefined || authorization === '') return 'none';
  const key = state.keys.find(authorization);
  return key === undefined ? 'unknown' : { keyLabel: key.label };
}
