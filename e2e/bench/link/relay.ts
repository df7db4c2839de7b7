import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createConnection, createServer, type Socket } from 'node:net';
import { constants, setPriority } from 'node:os';
import { performance } from 'node:perf_hooks';
import { createShaper, type Lane, type Shaper } from './shaper.ts';

// `relay.ts TARGET_PORT BYTES_PER_SECOND ROUND_TRIP_MS`, forked by link-process.ts: passes connections on to a port of this
// computer, each direction at a rate that all of them share, and later by half a round trip. It reads nothing of what it
// passes on, TLS included.

// A line waits for no processor; only root may say so.
try {
  setPriority(constants.priority.PRIORITY_HIGHEST);
} catch {
  // It goes on as it is; its self-check tells whether that is enough.
}

const [targetPort = 0, bytesPerSecond = 0, roundTripMs = 0] = process.argv.slice(2).map(Number);
const clock = {
  now: () => performance.now(),
  after: (ms: number, run: () => void) => void setTimeout(run, ms),
};
const createDirection = () => createShaper({ bytesPerSecond, delayMs: roundTripMs / 2, clock });
const [up, down] = [createDirection(), createDirection()];
/** More than is on its way at full speed: less would slow a single connection down. */
const WINDOW_BYTES = Math.max(262_144, (bytesPerSecond * roundTripMs) / 1000);

const server = createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true }, (client) => {
  // The client believes to be connected at once; what it sends waits as long as that would have taken.
  clock.after(roundTripMs, () => {
    const target = createConnection({
      port: targetPort,
      host: '127.0.0.1',
      allowHalfOpen: true,
      noDelay: true,
    });
    pass(client, target, up);
    pass(target, client, down);
  });
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
process.once('disconnect', () => process.exit());
// The address of a listening TCP server is never a string.
process.send?.({ port: (server.address() as AddressInfo).port });

function pass(from: Socket, to: Socket, direction: Shaper): void {
  const lane: Lane = direction.openLane();
  let onTheWayBytes = 0;
  from.on('data', (piece: Buffer) => {
    onTheWayBytes += piece.length;
    if (onTheWayBytes >= WINDOW_BYTES) from.pause();
    lane.send(piece.length, () => {
      to.write(piece, () => {
        onTheWayBytes -= piece.length;
        if (onTheWayBytes < WINDOW_BYTES && from.isPaused()) from.resume();
      });
    });
  });
  from.once('end', () => lane.send(0, () => to.end()));
  // A connection that is torn ends the other one; what was on its way is lost, as on a line.
  from.once('error', () => to.destroy());
  from.once('close', (hadError) => {
    if (hadError) to.destroy();
  });
  from.resume();
}
