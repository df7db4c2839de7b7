import type { Socket } from 'node:net';
import type { LogEntry, RequestLog } from './request-log.ts';

interface Connection {
  /** Counts from 1. */
  readonly number: number;
  /** As the server took it; what a request over HTTP/2 gives refuses to be torn. */
  readonly socket: Socket;
  readonly entries: LogEntry[];
}

/** The open connections; notes in the log which one carried a request, and who ended it. */
export class Connections {
  readonly #log: RequestLog;
  /** By the client's port: a request over HTTP/2 has another object for its connection than the server was given. */
  readonly #open = new Map<number, Connection>();
  #count = 0;

  constructor(log: RequestLog) {
    this.#log = log;
  }

  /** Watches a new connection; the side whose FIN or RST comes first has ended it. */
  readonly add = (socket: Socket): void => {
    const { remotePort = 0 } = socket;
    this.#count += 1;
    const connection: Connection = { number: this.#count, socket, entries: [] };
    this.#open.set(remotePort, connection);
    let isClientsWish = false;
    const note = () => {
      isClientsWish = true;
    };
    socket.once('end', note);
    socket.on('error', note);
    socket.once('close', () => {
      this.#open.delete(remotePort);
      for (const entry of connection.entries) {
        entry.connectionClosedBy = isClientsWish ? 'client' : 'server';
        this.#log.changed(entry);
      }
    });
  };

  /** Adds a request to what its connection has carried; gives that connection, or null when it is gone already. */
  carries(socket: Socket, entry: LogEntry): Socket | null {
    const connection = this.#open.get(socket.remotePort ?? 0);
    if (!connection) return null;
    connection.entries.push(entry);
    entry.connection = connection.number;
    return connection.socket;
  }

  /** Ends all of them. */
  endAll(): void {
    for (const { socket } of this.#open.values()) socket.destroy();
  }
}
