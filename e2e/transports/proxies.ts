import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A running proxy. */
export interface TestProxy {
  /** As a PAC script writes it. */
  readonly address: string;
  /** Where it was asked to lead to, such as `127.0.0.1:443`. */
  readonly asked: readonly string[];
}

/** What an HTTP proxy is like. */
export interface HttpProxyOptions {
  /** Answers every CONNECT with this instead, or the first `refusals` of them. */
  readonly refusesWith?: number;
  readonly refusals?: number;
  /** Leads there whatever it was asked for, such as `127.0.0.1:443`. */
  readonly leadsTo?: string;
  /** Is spoken to over TLS, with this certificate (PEM). */
  readonly tls?: { readonly key: string; readonly cert: string };
}

/** What starts proxies, and closes all of them. */
export type Proxies = ReturnType<typeof createProxies>;

/** Makes what starts proxies. */
export function createProxies() {
  const servers: Server[] = [];
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    return socket;
  };
  const join = (one: Socket, other: Socket) => {
    one.pipe(other);
    other.pipe(one);
    one.once('close', () => other.destroy());
    other.once('close', () => one.destroy());
  };
  const start = async (server: Server): Promise<string> => {
    servers.push(server);
    server.on('connection', keep);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    // A listening TCP server's address is never a pipe's name.
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  };

  return {
    close: () => {
      for (const server of servers.splice(0)) server.close();
      for (const socket of sockets) socket.destroy();
      sockets.clear();
    },
    startHttpProxy: async (options: HttpProxyOptions = {}): Promise<TestProxy> => {
      const { refusesWith, refusals = Number.POSITIVE_INFINITY, leadsTo, tls } = options;
      const asked: string[] = [];
      const server = tls ? createHttpsServer(tls) : createHttpServer();
      server.on('connect', (request, socket: Socket) => {
        asked.push(request.url ?? '');
        if (refusesWith !== undefined && asked.length <= refusals) {
          socket.end(`HTTP/1.1 ${refusesWith} No\r\nContent-Length: 2\r\n\r\nno`);
          return;
        }
        const { hostname, port } = new URL(`http://${leadsTo ?? request.url}`);
        const onward = keep(connect(Number(port || 80), hostname));
        onward.once('connect', () => {
          socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
          join(keep(socket), onward);
        });
      });
      return { address: await start(server), asked };
    },
    /** Speaks version 5 without a password (RFC 1928); answers with a reply other than 0 instead of connecting. */
    startSocksProxy: async ({ reply = 0 }: { readonly reply?: number } = {}): Promise<TestProxy> => {
      const asked: string[] = [];
      const server = createServer(async (socket) => {
        await once(socket, 'data');
        socket.write(Buffer.from([5, 0]));
        // Typed by Node's documentation of the event `data`.
        const [request] = (await once(socket, 'data')) as [Buffer];
        const isName = request[3] === 3;
        const host = isName
          ? request.toString('latin1', 5, 5 + (request[4] ?? 0))
          : request.subarray(4, 8).join('.');
        const port = request.readUInt16BE(isName ? 5 + (request[4] ?? 0) : 8);
        asked.push(`${host}:${port}`);
        const answer = Buffer.from([5, reply, 0, 1, 0, 0, 0, 0, 0, 0]);
        if (reply !== 0) return void socket.end(answer);
        const onward = keep(connect(port, host));
        await once(onward, 'connect');
        socket.write(answer);
        join(socket, onward);
      });
      return { address: await start(server), asked };
    },
    /** Takes connections and never says anything. */
    startSilentServer: async () => {
      let connections = 0;
      const server = createServer(() => {
        connections += 1;
      });
      return { address: await start(server), countConnections: () => connections };
    },
    /** An address at which nobody listens. */
    findDeadAddress: async (): Promise<string> => {
      const server = createServer();
      const address = await start(server);
      server.close();
      await once(server, 'close');
      return address;
    },
  };
}
