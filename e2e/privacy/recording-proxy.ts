import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A proxy that leads nowhere and notes what it was asked for. */
export interface RecordingProxy {
  /** Such as `http://127.0.0.1:3128`. */
  readonly url: string;
  /** Hosts with their ports, in the order of the requests. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** Starts the proxy; it refuses every request. */
export async function startRecordingProxy(): Promise<RecordingProxy> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(new URL(request.url ?? '').host);
    response.writeHead(502).end();
  });
  server.on('connect', (request, socket: Socket) => {
    asked.push(request.url ?? '');
    socket.end('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    // A listening TCP server's address is never a pipe's name.
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
