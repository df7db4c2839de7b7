import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { errorOf } from '../transport-bench.ts';
import { inject, type TransportCase } from './transport-case.ts';

const CANCELLED = { code: 'cancelled' };

/** A person who changes their mind. */
export const cancelCases: readonly TransportCase[] = [
  {
    title: 'a cancel while the connection is being opened ends the request at once',
    run: async (bench) => {
      const server = createServer();
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const opened = once(server, 'connection') as Promise<[Socket]>;
      // A listening TCP server's address is never a pipe's name.
      const { port } = server.address() as AddressInfo;
      const asked = bench.ask({ url: `https://127.0.0.1:${port}/files` });
      const [socket] = await opened;
      const closed = once(socket.on('error', () => undefined).resume(), 'close');
      await asked.cancel();
      assert.deepEqual(await errorOf(asked), CANCELLED);
      // Chromium keeps what it is opening for a next request, for 30 s at most; nothing of this one was sent.
      if (!bench.isChromium) await closed;
      socket.destroy();
      server.close();
    },
  },
  {
    title: 'a cancel before the answer ends the request',
    run: async (bench) => {
      inject(bench, { kind: 'hang', at: 'body' });
      const asked = bench.ask();
      await bench.server.waitFor((request) => request.isHeld);
      await asked.cancel();
      assert.deepEqual(await errorOf(asked), CANCELLED);
      await bench.server.waitFor((request) => request.isAbortedByClient);
    },
  },
  {
    title: 'a cancel in the middle of the answer ends the request',
    run: async (bench) => {
      inject(bench, { kind: 'hang', at: { answerBytes: 10 } });
      const asked = bench.ask();
      await bench.server.waitFor((request) => request.isHeld);
      await asked.cancel();
      assert.deepEqual(await errorOf(asked), CANCELLED);
      await bench.server.waitFor((request) => request.isAbortedByClient);
    },
  },
];
