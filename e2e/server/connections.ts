import type { Socket } from 'node:net';
import type { LogEntry, RequestLog } from './request-log.ts';

/** Notes in the log who ends each connection; a connection carries many requests, yet is watched once. */
export class Connections {
  readonly #log: RequestLog;
  readonly #entries = new WeakMap<Socket, LogEntry[]>();

  constructor(log: RequestLog) {
    this.#log = log;
  }

  /** Adds a request to what its connection has carried. */
  carries(socket: Socket, entry: LogEntry): void {
    const entries = this.#entries.get(socket) ?? this.#watch(socket);
    entries.push(entry);
  }

  /** The side whose FIN or RST comes first has ended it. */
  #watch(socket: Socket): LogEntry[] {
    const entries: LogEntry[] = [];
    this.#entries.set(socket, entries);
    let isClientsWish = false;
    const note = () => {
      isClientsWish = true;
    };
    socket.once('end', note);
    socket.once('error', note);
    socket.once('close', () => {
      for (const entry of entries) {
        entry.connectionClosedBy = isClientsWish ? 'client' : 'server';
        this.#log.changed(entry);
      }
    });
    return entries;
  }
}
