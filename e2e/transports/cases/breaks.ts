import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { answerOf, errorOf, type TransportBench } from '../transport-bench.ts';
import { inject, type TransportCase } from './transport-case.ts';

const LOST = { code: 'connectionLost' };

const speaksHttp2: TransportCase['concerns'] = ({ httpVersion }) => httpVersion === '2';
/** A file whose upload broke may be there: sending it again is for others to decide. */
const mayComeTwice: TransportCase['concerns'] = ({ way }) => way !== 'uploads';

const toMethods = ({ way }: TransportBench) =>
  way === 'requests' ? (['GET', 'DELETE'] as const) : (['GET'] as const);

/** Connections that break. */
export const breakCases: readonly TransportCase[] = [
  {
    title: 'a new connection that breaks before an answer is told, and nothing is sent again',
    run: async (bench) => {
      inject(bench, { kind: 'reset', at: 'body' });
      assert.deepEqual(await errorOf(bench.ask()), LOST);
      assert.equal(bench.server.requests.all().length, 1);
    },
  },
  {
    title: 'a kept connection that the server had just closed is replaced',
    concerns: mayComeTwice,
    run: async (bench) => {
      for (const method of toMethods(bench)) {
        await answerOf(bench.ask());
        const fault = { kind: 'reset', at: 'headers' } as const;
        bench.server.faults.inject({ on: 'any', fault });
        const url = method === 'DELETE' ? { url: `${bench.server.baseUrl}/files/or_file_none` } : {};
        const { status } = await answerOf(bench.ask({ method, ...url }));
        assert.equal(status, method === 'DELETE' ? 404 : 200);
      }
    },
  },
  {
    title: 'a connection that breaks in the middle of an answer is told',
    run: async (bench) => {
      inject(bench, { kind: 'reset', at: { answerBytes: 10 } });
      const outcome = await bench.ask().outcome;
      assert.deepEqual(outcome, { kind: 'failure', error: LOST, hasHead: true });
      assert.equal(bench.server.requests.all().length, 1);
    },
  },
  {
    title: 'an answer that is shorter than announced is told',
    run: async (bench) => {
      inject(bench, { kind: 'truncatedBody', afterBytes: 10, framing: 'contentLength' });
      const outcome = await bench.ask().outcome;
      assert.deepEqual(outcome, { kind: 'failure', error: LOST, hasHead: true });
    },
  },
  {
    title: 'an answer in chunks without its last one is told',
    // In HTTP/2 the end of an answer is a frame.
    concerns: ({ httpVersion }) => httpVersion === '1.1',
    run: async (bench) => {
      inject(bench, { kind: 'truncatedBody', afterBytes: 10, framing: 'chunked' });
      const outcome = await bench.ask().outcome;
      assert.deepEqual(outcome, { kind: 'failure', error: LOST, hasHead: true });
    },
  },
  {
    title: 'a server that is not there is told',
    run: async (bench) => {
      const url = `https://${await bench.proxies.findDeadAddress()}/files`;
      assert.deepEqual(await errorOf(bench.ask({ url })), { code: 'offline' });
    },
  },
  {
    title: 'a server that does not speak TLS is told',
    run: async (bench) => {
      const server = createServer((socket) => {
        socket.on('error', () => undefined).end('HTTP/1.1 400 Bad Request\r\n\r\n');
      });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      // A listening TCP server's address is never a pipe's name.
      const { port } = server.address() as AddressInfo;
      assert.deepEqual(await errorOf(bench.ask({ url: `https://127.0.0.1:${port}/files` })), LOST);
      server.close();
    },
  },
];

/** What only HTTP/2 can do. */
export const http2Cases: readonly TransportCase[] = [
  {
    title: 'a request that GOAWAY refuses is sent again over another connection',
    concerns: speaksHttp2,
    run: async (bench) => {
      await answerOf(bench.ask());
      inject(bench, { kind: 'goAway', at: 'headers', refusesThis: true });
      assert.equal((await answerOf(bench.ask())).status, 200);
      assert.deepEqual(
        bench.server.requests.all().map(({ connection }) => connection),
        [1, 1, 2],
      );
    },
  },
  {
    title: 'a request under way when GOAWAY comes is answered, the next takes another connection',
    concerns: speaksHttp2,
    run: async (bench) => {
      inject(bench, { kind: 'goAway', at: { answerBytes: 10 }, refusesThis: false });
      assert.equal((await answerOf(bench.ask())).status, 200);
      assert.equal((await answerOf(bench.ask())).status, 200);
      assert.deepEqual(
        bench.server.requests.all().map(({ connection }) => connection),
        [1, 2],
      );
    },
  },
  {
    title: 'a request that RST_STREAM refuses is sent again',
    concerns: speaksHttp2,
    run: async (bench) => {
      inject(bench, { kind: 'resetStream', at: 'headers', code: 'refusedStream' });
      assert.equal((await answerOf(bench.ask())).status, 200);
      assert.equal(bench.server.requests.all().length, 2);
    },
  },
  {
    title: 'a request that RST_STREAM ends otherwise is told, and its connection serves the next',
    concerns: speaksHttp2,
    run: async (bench) => {
      await answerOf(bench.ask());
      for (const at of ['body', { answerBytes: 10 }] as const) {
        inject(bench, { kind: 'resetStream', at, code: 'internalError' });
        assert.deepEqual(await errorOf(bench.ask()), LOST);
      }
      await answerOf(bench.ask());
      assert.deepEqual(
        bench.server.requests.all().map(({ connection }) => connection),
        [1, 1, 1, 1],
      );
    },
  },
];
