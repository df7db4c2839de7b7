import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { afterEach, expect } from 'vitest';
import type { AppError } from '#app/errors.ts';
import { toNetworkError } from '../../main/openrouter/network-errors.ts';
import { createTransport, type Transport, type TransportParts } from '../../main/openrouter/transport.ts';
import { never } from './client-bench.ts';
import type { UploadTarget } from './upload-setup.ts';

/** A server that answers as it is told, and its connections in order. */
export interface OwnServer extends UploadTarget {
  readonly url: string;
  readonly connections: readonly Socket[];
}

/** What a test of requests opens; all of it is closed after each test. */
export interface OwnServers {
  /** On any port unless told. */
  readonly listen: (server: Server, port?: number) => Promise<OwnServer>;
  readonly serve: (answer: RequestListener) => Promise<OwnServer>;
  /**
   * Answers the first request of a connection and tears it when a second one begins, as a server does that had just
   * decided to close it. The first `staleConnections` are so, the others serve for ever.
   */
  readonly serveForgetfully: (staleConnections: number, answer: RequestListener) => Promise<OwnServer>;
  readonly openTransport: (parts?: TransportParts) => Transport;
}

/** Keeps what tests open and closes it after each. */
export function keepOwnServers(): OwnServers {
  const cleanUps: (() => void)[] = [];
  afterEach(() => {
    for (const cleanUp of cleanUps.splice(0)) cleanUp();
  });
  const listen = async (server: Server, ownPort = 0): Promise<OwnServer> => {
    const connections: Socket[] = [];
    server.on('connection', (socket) => {
      connections.push(socket);
      socket.on('error', () => undefined);
    });
    server.listen(ownPort, '127.0.0.1');
    await once(server, 'listening');
    cleanUps.push(() => {
      server.close();
      for (const socket of connections) socket.destroy();
    });
    // A listening TCP server's address is never a pipe's name.
    const { port } = server.address() as AddressInfo;
    const baseUrl = `http://127.0.0.1:${port}`;
    return { baseUrl, apiKey: 'key', url: `${baseUrl}/files`, connections };
  };
  const serveForgetfully = async (staleConnections: number, answer: RequestListener): Promise<OwnServer> => {
    const inner = createServer(answer);
    const server = await listen(
      createTcpServer((socket) => {
        inner.emit('connection', socket);
        // It is counted after this.
        if (server.connections.length >= staleConnections) return;
        let heads = 0;
        socket.prependListener('data', (piece: Buffer) => {
          heads += piece.toString('latin1').split(/(?:GET|POST|DELETE) \/files/).length - 1;
          if (heads > 1) socket.resetAndDestroy();
        });
      }),
    );
    return server;
  };
  return {
    listen,
    serveForgetfully,
    serve: (answer) => listen(createServer(answer)),
    openTransport: (parts = {}) => {
      const transport = createTransport({ readAuthorities: async () => [], ...parts });
      cleanUps.push(transport.close);
      return transport;
    },
  };
}

/** Sends a request and gives its head; of the body nothing is read. */
export const ask = (
  transport: Transport,
  { url }: OwnServer,
  method: 'GET' | 'DELETE' = 'GET',
  signal = never,
) => transport.send({ method, url, headers: {}, signal });

/** Sends a request and gives its body. */
export const askForText = async (
  transport: Transport,
  server: OwnServer,
  method: 'GET' | 'DELETE' = 'GET',
): Promise<string> => readText((await ask(transport, server, method)).body);

/** Gives what a body's failure means; one that ends well fails the test. */
export const failureOfBody = (body: Promise<unknown>): Promise<AppError> =>
  body.then(() => expect.fail('The body came to its end'), toNetworkError);

/** Settles when the only connection of a server is closed; it is already if the news was quicker. */
export async function whenClosed({ connections }: OwnServer): Promise<void> {
  const [socket] = connections;
  if (!socket) throw new Error('There was no connection');
  if (!socket.destroyed) await once(socket, 'close');
}
