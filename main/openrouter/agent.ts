import http, { type Agent, type RequestOptions } from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';

/** Opens the connection of one request; rejects when it cannot or the request is cancelled. */
export type OpenSocket = () => Promise<Socket>;

/** The options of a request that such an agent serves. */
export interface AgentRequestOptions extends RequestOptions {
  readonly openSocket: OpenSocket;
}

/** As many small requests as are under way at once at most (`main/engine/adaptive-limit.ts`). */
const MAX_IDLE_CONNECTIONS = 16;

/**
 * Makes an agent for one server that keeps connections for `idleMs`, or for the time that the server's `Keep-Alive: timeout` names if
 * that is less. A request that finds none idle opens its own: so a cancelled one closes what it was opening.
 */
export function createAgent(isSecure: boolean, idleMs: number): Agent {
  const options = {
    keepAlive: true,
    maxFreeSockets: MAX_IDLE_CONNECTIONS,
    timeout: idleMs,
  };
  const agent = isSecure ? new https.Agent(options) : new http.Agent(options);
  // All of its connections lead to one place by one way; to make out a name of twenty parts thrice a request costs time.
  agent.getName = () => '';
  agent.createConnection = (request, onCreated) => {
    // Node hands on the options of the request as they were given; its types know only its own.
    const { openSocket } = request as AgentRequestOptions;
    openSocket().then(
      (socket) => onCreated?.(null, socket),
      // Node's types ask for a socket beside the error, Node does not.
      (cause: Error) => onCreated?.(cause, undefined as never),
    );
    return undefined;
  };
  return agent;
}

/** Closes the connections that wait for a next request. */
export function closeIdle(agent: Agent): void {
  for (const sockets of Object.values(agent.freeSockets)) {
    for (const socket of sockets ?? []) socket.destroy();
  }
}
