import { once } from 'node:events';
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net';
import { type NamedFigure, toMedian, toRounded } from '../figures.ts';
import { FAST_LINK, type LinkSpeed, SHARED_LINK, startLinkProcess } from './link-process.ts';

const ROUNDS = 7;
const ROUND_TRIPS = 50;
const PING_BYTES = 64;
const WRITE_BYTES = 65_536;

/** Measures the links themselves: how far the rate of each direction and the round trip are from what they are said to be. */
export async function measureLink(): Promise<readonly NamedFigure[]> {
  const figures: NamedFigure[] = [];
  for (const speed of [FAST_LINK, SHARED_LINK]) figures.push(...(await measureSpeed(speed)));
  return figures;
}

async function measureSpeed(speed: LinkSpeed): Promise<readonly NamedFigure[]> {
  const server = createServer({ noDelay: true }, (socket) => socket.pipe(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // The address of a listening TCP server is never a string.
  const link = await startLinkProcess((server.address() as AddressInfo).port, speed);
  try {
    const rates: number[] = [];
    const trips: number[] = [];
    for (let round = 0; round <= ROUNDS; round += 1) {
      const [rate, trip] = [await measureRate(link.port, speed), await measureRoundTrip(link.port)];
      if (round === 0) continue;
      rates.push(rate);
      trips.push(trip);
    }
    return [
      toFigure(
        `link-${speed.megabits}-rate-error-percent`,
        5,
        rates,
        speed.megabits,
        'Mbit/s each way at once',
      ),
      toFigure(
        `link-${speed.megabits}-delay-error-percent`,
        10,
        trips,
        speed.roundTripMs,
        'ms of round trip',
      ),
    ];
  } finally {
    await link.stop();
    server.close();
  }
}

/** Half a second's worth there and back at once: both directions are full. Gives megabits a second. */
async function measureRate(port: number, { megabits, roundTripMs }: LinkSpeed): Promise<number> {
  const socket = await connect(port);
  const total = Math.round((megabits * 1e6) / 8 / 2 / WRITE_BYTES) * WRITE_BYTES;
  const received = countBytes(socket, total);
  const piece = Buffer.alloc(WRITE_BYTES);
  const startedAt = performance.now();
  for (let sent = 0; sent < total; sent += WRITE_BYTES) {
    if (!socket.write(piece)) await once(socket, 'drain');
  }
  await received;
  const durationMs = performance.now() - startedAt - roundTripMs;
  socket.destroy();
  return (total * 8) / 1000 / durationMs;
}

async function measureRoundTrip(port: number): Promise<number> {
  const socket = await connect(port);
  const trips: number[] = [];
  for (let trip = 0; trip < ROUND_TRIPS; trip += 1) {
    const received = countBytes(socket, PING_BYTES);
    const startedAt = performance.now();
    socket.write(Buffer.alloc(PING_BYTES));
    await received;
    trips.push(performance.now() - startedAt);
  }
  socket.destroy();
  return toMedian(trips);
}

/** The handshake's time is no part of what is measured. */
async function connect(port: number): Promise<Socket> {
  const socket = createConnection({ port, host: '127.0.0.1', noDelay: true });
  const received = countBytes(socket, PING_BYTES);
  socket.write(Buffer.alloc(PING_BYTES));
  await received;
  return socket;
}

function countBytes(socket: Socket, wanted: number): Promise<void> {
  let count = 0;
  return new Promise((resolve) => {
    const onData = (piece: Buffer) => {
      count += piece.length;
      if (count < wanted) return;
      socket.off('data', onData);
      resolve();
    };
    socket.on('data', onData);
  });
}

function toFigure(
  name: string,
  limit: number,
  measured: readonly number[],
  wanted: number,
  unit: string,
): NamedFigure {
  const samples = measured.map((value) => toRounded(Math.abs(value / wanted - 1) * 100));
  return {
    name,
    value: toMedian(samples),
    limit,
    unit: '%',
    reference: wanted,
    samples,
    detail: `${toRounded(toMedian(measured))} instead of ${wanted} ${unit}; the bench's own link, median of ${samples.length}`,
    invalid: null,
  };
}
