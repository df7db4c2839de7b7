import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ActiveFault, Stage } from './faults.ts';
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
  readonly #entry: LogEntry;
  readonly #log: RequestLog;
  readonly #settings: Settings;
  readonly #gone = new AbortController();
  readonly #left: Promise<void>;
  #isBodyTaken = false;
  #isEndedHere = false;
  #wasHeld = false;

  constructor(parts: ExchangeParts) {
    this.request = parts.request;
    this.response = parts.response;
    this.fault = parts.fault;
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
    const fault = this.fault?.fault;
    if (fault?.kind === 'hang' && fault.at === stage) await this.hold();
    if (fault?.kind === 'reset' && fault.at === stage) this.reset();
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
    this.response.writeHead(status, isEarly ? { ...headers, connection: 'close' } : headers);
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

  /** Ends the connection in order (FIN) after what was written. */
  closeConnection(): void {
    this.#isEndedHere = true;
    this.response.socket?.destroySoon();
  }

  /** Tears the connection (RST); over TLS, which Node cannot tear so, it just ends. */
  reset(): never {
    const socket = this.response.socket;
    if (socket !== null && 'encrypted' in socket) socket.destroy();
    else socket?.resetAndDestroy();
    this.#gone.abort();
    throw new ConnectionGone();
  }

  /** Holds the call until its fault is released; throws when the client leaves or the server closes first. */
  async hold(): Promise<void> {
    if (this.#wasHeld) return;
    this.#wasHeld = true;
    this.#setHeld(true);
    await Promise.race([this.fault?.released, this.#left]);
    this.#setHeld(false);
    if (this.isGone) throw new ConnectionGone();
  }

  async #reachRequestBytes(): Promise<void> {
    const fault = this.fault?.fault;
    if (fault?.kind !== 'hang' && fault?.kind !== 'reset') return;
    if (typeof fault.at === 'string' || !('requestBytes' in fault.at)) return;
    if (this.#entry.bytesReceived < fault.at.requestBytes) return;
    if (fault.kind === 'reset') this.reset();
    await this.hold();
  }

  async #reachAnswerBytes(): Promise<void> {
    const at = this.#answerBytesOfFault();
    if (at === null || this.#entry.bytesSent !== at) return;
    if (this.fault?.fault.kind === 'reset') this.reset();
    await this.hold();
  }

  #answerBytesOfFault(): number | null {
    const fault = this.fault?.fault;
    if (fault?.kind !== 'hang' && fault?.kind !== 'reset') return null;
    return typeof fault.at !== 'string' && 'answerBytes' in fault.at ? fault.at.answerBytes : null;
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
    this.#entry.isAbortedByClient = !this.response.writableFinished && !this.isGone && !this.#isEndedHere;
    this.#log.changed(this.#entry);
  }
}
