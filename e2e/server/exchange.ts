import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { assertNever } from '#app/assert-never.ts';
import { type ActiveFault, type BreakingFault, type Stage, toBreaking } from './faults.ts';
import { findHttp2Stream, isSent, resetStream, sendGoAway, withoutFraming } from './http2-stream.ts';
import type { LogEntry, RequestLog } from './request-log.ts';
import type { Settings } from './settings.ts';
import { wait } from './wait.ts';

/** Thrown where a call ends without an answer: the client has gone, the server closes, or a fault has torn the connection. */
export class ConnectionGone extends Error {
  override readonly name = 'ConnectionGone';
}

/** What an exchange is made from. */
export interface ExchangeParts {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Null when it is gone already. */
  readonly connection: Socket | null;
  readonly entry: LogEntry;
  readonly log: RequestLog;
  readonly settings: Settings;
  readonly fault: ActiveFault | null;
  /** Aborts when the server closes. */
  readonly closing: AbortSignal;
}

/** One request and its answer: counts, paces and breaks the bytes in both directions. */
export class Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly fault: ActiveFault | null;
  readonly #connection: Socket | null;
  readonly #entry: LogEntry;
  readonly #log: RequestLog;
  readonly #settings: Settings;
  readonly #gone = new AbortController();
  readonly #left: Promise<void>;
  #isBodyTaken = false;
  #isEndedHere = false;
  #wasStruck = false;

  constructor(parts: ExchangeParts) {
    this.request = parts.request;
    this.response = parts.response;
    this.fault = parts.fault;
    this.#connection = parts.connection;
    this.#entry = parts.entry;
    this.#log = parts.log;
    this.#settings = parts.settings;
    this.#left = new Promise((resolve) => {
      this.#gone.signal.addEventListener('abort', () => resolve(), { once: true });
    });
    const leave = () => this.#gone.abort();
    parts.closing.addEventListener('abort', leave, { once: true });
    parts.response.once('close', () => {
      parts.closing.removeEventListener('abort', leave);
      this.#end();
      leave();
    });
  }

  /** Whether nothing can be sent or received any more. */
  get isGone(): boolean {
    return this.#gone.signal.aborted;
  }

  /** Waits for the latency of the call's operation. */
  async delay(): Promise<void> {
    const { latencyMs } = this.#settings;
    await this.#wait(latencyMs[this.#entry.operation] ?? latencyMs.any ?? 0);
  }

  /** Hangs or tears the connection if the call's fault says so for this stage. */
  async reachStage(stage: Stage): Promise<void> {
    const fault = toBreaking(this.fault?.fault);
    if (fault?.at === stage) await this.#strike(fault);
  }

  /** Reads the request's body to its end; `onChunk` sees each piece when the fault and the speed let it through. */
  async readBody(onChunk: (chunk: Buffer) => Promise<void>): Promise<void> {
    this.#isBodyTaken = true;
    const pace = this.#createPace('request');
    try {
      for await (const chunk of this.request) {
        // Without an encoding set, a request gives nothing but buffers.
        const bytes = chunk as Buffer;
        this.#entry.bytesReceived += bytes.byteLength;
        this.#log.changed(this.#entry);
        await this.#reachRequestBytes();
        await pace(bytes.byteLength);
        await onChunk(bytes);
      }
    } catch (error) {
      if (!this.request.complete || this.isGone) throw new ConnectionGone();
      throw error;
    }
  }

  /** Drops a body that nobody has asked for, so that the connection can serve the next request. */
  discardBody(): void {
    if (this.#isBodyTaken || this.response.destroyed) return;
    this.readBody(() => Promise.resolve()).catch(() => undefined);
  }

  /** Sends the status line and the headers. */
  sendHead(status: number, headers: Readonly<Record<string, string | number>>): void {
    if (this.isGone) throw new ConnectionGone();
    const isEarly = !this.request.complete && this.#settings.closesAfterEarlyAnswer;
    const all = isEarly ? { ...headers, connection: 'close' } : headers;
    this.response.writeHead(status, findHttp2Stream(this.response) ? withoutFraming(all) : all);
    // Without this a hang before the first byte of the body would hold the headers back too.
    this.response.flushHeaders();
    this.#entry.status = status;
    this.#log.changed(this.#entry);
  }

  /** Sends pieces of a body at the set speed; a fault strikes exactly at its byte. */
  async sendBody(chunks: Iterable<Uint8Array>): Promise<void> {
    const pace = this.#createPace('answer');
    await this.#reachAnswerBytes();
    for (const chunk of chunks) {
      for (const piece of this.#cut(chunk)) {
        await pace(piece.byteLength);
        await this.#write(piece);
        this.#entry.bytesSent += piece.byteLength;
        this.#log.changed(this.#entry);
        await this.#reachAnswerBytes();
      }
    }
  }

  /** Ends the answer; resolves when the kernel has it. */
  async finish(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.response.once('close', resolve);
      this.response.end(resolve);
    });
  }

  /** Ends the connection in order (FIN) after what was written; over HTTP/2 the answer, as if that were all of it. */
  closeConnection(): void {
    this.#isEndedHere = true;
    if (findHttp2Stream(this.response)) this.response.end();
    else this.#connection?.destroySoon();
  }

  /** Tears the connection (RST); over TLS, which Node cannot tear so, it just ends. */
  #reset(): never {
    const socket = this.#connection;
    if (socket !== null && 'encrypted' in socket) socket.destroy();
    else socket?.resetAndDestroy();
    return this.#leave();
  }

  #leave(): never {
    this.#gone.abort();
    throw new ConnectionGone();
  }

  /** Holds the call until its fault is released; throws when the client leaves or the server closes first. */
  async #hold(): Promise<void> {
    this.#setHeld(true);
    await Promise.race([this.fault?.released, this.#left]);
    this.#setHeld(false);
    if (this.isGone) throw new ConnectionGone();
  }

  async #strike(fault: BreakingFault): Promise<void> {
    if (this.#wasStruck) return;
    this.#wasStruck = true;
    switch (fault.kind) {
      case 'hang':
        return this.#hold();
      case 'reset':
        return this.#reset();
      case 'resetStream':
        resetStream(this.response, fault.code);
        return this.#leave();
      case 'goAway':
        sendGoAway(this.response, fault.refusesThis);
        return fault.refusesThis ? this.#leave() : undefined;
      default:
        return assertNever(fault);
    }
  }

  async #reachRequestBytes(): Promise<void> {
    const fault = toBreaking(this.fault?.fault);
    if (fault === null || typeof fault.at === 'string' || !('requestBytes' in fault.at)) return;
    if (this.#entry.bytesReceived >= fault.at.requestBytes) await this.#strike(fault);
  }

  async #reachAnswerBytes(): Promise<void> {
    const fault = toBreaking(this.fault?.fault);
    if (fault && this.#entry.bytesSent === this.#answerBytesOfFault()) await this.#strike(fault);
  }

  #answerBytesOfFault(): number | null {
    const fault = toBreaking(this.fault?.fault);
    if (fault === null || typeof fault.at === 'string' || !('answerBytes' in fault.at)) return null;
    return fault.at.answerBytes;
  }

  /** Cuts at the fault's byte, and small enough that a slow answer flows rather than jumps. */
  *#cut(chunk: Uint8Array): Iterable<Uint8Array> {
    const speed = this.#settings.bytesPerSecond.answer;
    const largest = Number.isFinite(speed) ? Math.max(1, Math.floor(speed / 20)) : chunk.byteLength;
    const strikesAt = this.#answerBytesOfFault();
    for (let start = 0; start < chunk.byteLength; ) {
      const toFault = strikesAt === null ? 0 : strikesAt - this.#entry.bytesSent;
      const length = toFault > 0 ? Math.min(largest, toFault) : largest;
      yield chunk.subarray(start, start + length);
      start += length;
    }
  }

  async #write(piece: Uint8Array): Promise<void> {
    if (this.isGone) throw new ConnectionGone();
    await new Promise<void>((resolve) => {
      const { signal } = this.#gone;
      const settle = () => {
        signal.removeEventListener('abort', settle);
        resolve();
      };
      signal.addEventListener('abort', settle, { once: true });
      this.response.write(piece, settle);
    });
    if (this.isGone) throw new ConnectionGone();
  }

  /** Gives a function that waits until so many more bytes are due. */
  #createPace(direction: 'request' | 'answer'): (bytes: number) => Promise<void> {
    let dueAt = performance.now();
    return async (bytes) => {
      const speed = this.#settings.bytesPerSecond[direction];
      if (!Number.isFinite(speed)) return;
      dueAt = Math.max(dueAt, performance.now()) + (bytes / speed) * 1000;
      await this.#wait(dueAt - performance.now());
    };
  }

  async #wait(milliseconds: number): Promise<void> {
    if (milliseconds > 0) await wait(milliseconds, this.#gone.signal);
    if (this.isGone) throw new ConnectionGone();
  }

  #setHeld(isHeld: boolean): void {
    this.#entry.isHeld = isHeld;
    this.#log.changed(this.#entry);
  }

  #end(): void {
    this.#entry.endedAt = Date.now();
    this.#entry.isHeld = false;
    this.#entry.isAbortedByClient = !isSent(this.response) && !this.isGone && !this.#isEndedHere;
    this.#log.changed(this.#entry);
  }
}
