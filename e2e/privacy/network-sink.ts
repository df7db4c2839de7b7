import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect } from '@playwright/test';

/** The whole network of a namespace: it notes every name that is looked up and every address that is spoken to. */
export interface NetworkSink {
  /** Names and addresses, each once, sorted. */
  asked(): readonly string[];
  /** Resolves when all of these have been looked up. */
  waitFor(names: readonly string[]): Promise<void>;
}

const HEADER_BYTES = 12;
const TYPE_A = 1;
const DEADLINE_MS = 20_000;

/** Starts the sink in a namespace whose name server is 127.0.0.1 and where every address is local. */
export async function startNetworkSink(): Promise<NetworkSink> {
  const asked = new Set<string>();
  const names = createSocket('udp4');
  names.on('message', (query, { address, port }) => {
    const { name, type, end } = parseQuestion(query);
    asked.add(name);
    names.send(toAnswer(query, type, end), port, address);
  });
  // It listens until the process has nothing else to do.
  names.unref().bind(53, '127.0.0.1');
  await once(names, 'listening');
  for (const port of [80, 443]) {
    const server = createServer((socket) => {
      asked.add(socket.localAddress ?? '');
      socket.destroy();
    });
    server.unref().listen(port, '0.0.0.0');
    await once(server, 'listening');
  }
  const list = () => [...asked].sort();
  return {
    asked: list,
    waitFor: (wanted) =>
      expect.poll(list, { timeout: DEADLINE_MS }).toEqual(expect.arrayContaining([...wanted])),
  };
}

/** Reads the one question of a query (RFC 1035, section 4.1.2). */
function parseQuestion(query: Buffer): {
  readonly name: string;
  readonly type: number;
  readonly end: number;
} {
  const labels: string[] = [];
  let offset = HEADER_BYTES;
  for (let length = query[offset] ?? 0; length > 0; length = query[offset] ?? 0) {
    labels.push(query.toString('latin1', offset + 1, offset + 1 + length));
    offset += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(offset + 1), end: offset + 5 };
}

/** Every name has the address 192.0.2.1, which is nobody's (RFC 5737), and nothing else. */
function toAnswer(query: Buffer, type: number, end: number): Buffer {
  const hasAddress = type === TYPE_A;
  const head = Buffer.from([0x81, 0x80, 0, 1, 0, hasAddress ? 1 : 0, 0, 0, 0, 0]);
  const record = Buffer.from([0xc0, HEADER_BYTES, 0, TYPE_A, 0, 1, 0, 0, 0, 1, 0, 4, 192, 0, 2, 1]);
  const question = query.subarray(HEADER_BYTES, end);
  return Buffer.concat([query.subarray(0, 2), head, question, ...(hasAddress ? [record] : [])]);
}
