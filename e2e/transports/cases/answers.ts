import assert from 'node:assert/strict';
import { answerOf, CONTENT, errorOf } from '../transport-bench.ts';
import { inject, type TransportCase } from './transport-case.ts';

/** What a server says. */
export const answerCases: readonly TransportCase[] = [
  {
    title: 'two requests, one after the other, over one connection of the wanted version',
    run: async (bench) => {
      await answerOf(bench.ask());
      const { status } = await answerOf(bench.ask());
      assert.equal(status, 200);
      const seen = bench.server.requests.all().map((request) => [request.httpVersion, request.connection]);
      assert.deepEqual(seen, [
        [bench.httpVersion, 1],
        [bench.httpVersion, 1],
      ]);
    },
  },
  {
    title: 'an answer of another kind is given with its status and headers',
    run: async (bench) => {
      inject(bench, { kind: 'status', status: 429, retryAfterSeconds: 7 });
      const { status, headers } = await answerOf(bench.ask());
      assert.equal(status, 429);
      assert.equal(headers['retry-after'], '7');
    },
  },
  {
    title: 'a challenge to sign in is an answer, and nothing is sent again',
    run: async (bench) => {
      const headers = { 'www-authenticate': 'Basic realm="files"' };
      inject(bench, { kind: 'answer', status: 401, headers, body: 'no', at: 'headers' });
      assert.equal((await answerOf(bench.ask())).status, 401);
      assert.equal(bench.server.requests.all().length, 1);
    },
  },
  {
    title: 'a cookie is not sent back, and nothing is kept for a next time',
    run: async (bench) => {
      const headers = { 'set-cookie': 'a=b; Path=/', 'cache-control': 'max-age=3600' };
      inject(bench, { kind: 'answer', status: 200, headers, body: '{}' });
      assert.equal((await answerOf(bench.ask())).text, '{}');
      assert.notEqual((await answerOf(bench.ask())).text, '{}');
      const [, second] = bench.server.requests.all();
      assert.equal(second?.headers['cookie'], undefined);
    },
  },
  {
    title: 'a redirect is not followed',
    run: async (bench) => {
      const elsewhere = await bench.startServer();
      inject(bench, { kind: 'redirect', location: `${elsewhere.baseUrl}/files`, status: 307 });
      const outcome = await bench.ask().outcome;
      if (outcome.kind === 'answer') assert.equal(outcome.status, 307);
      else {
        assert.deepEqual(outcome.error, { code: 'unexpectedAnswer', status: 307, detail: 'redirect' });
      }
      assert.deepEqual(elsewhere.requests.all(), []);
      assert.equal(bench.server.requests.all().length, 1);
    },
  },
];

/** Short where silence is told apart by them. */
const HEAD_TIMEOUTS = { connectMs: 1000, silenceMs: 300, totalMs: 20_000, answerMs: 300, stallMs: 20_000 };

/** What it says too late or never. */
export const silenceCases: readonly TransportCase[] = [
  {
    title: 'silence before an answer is given up',
    run: async (bench) => {
      await bench.setUp({ timeouts: HEAD_TIMEOUTS });
      inject(bench, { kind: 'hang', at: 'body' });
      assert.deepEqual(await errorOf(bench.ask()), { code: 'timedOut' });
      await bench.server.waitFor((request) => request.isAbortedByClient);
    },
  },
  {
    title: 'silence in the middle of an answer is given up',
    run: async (bench) => {
      await bench.setUp({ timeouts: HEAD_TIMEOUTS });
      inject(bench, { kind: 'hang', at: { answerBytes: 10 } });
      const outcome = await bench.ask().outcome;
      assert.deepEqual(outcome, { kind: 'failure', error: { code: 'timedOut' }, hasHead: true });
      await bench.server.waitFor((request) => request.isAbortedByClient);
    },
  },
  {
    title: 'an answer that trickles ends, unless it is the content of a file',
    run: async (bench) => {
      await bench.setUp({ timeouts: { connectMs: 200, silenceMs: 5000, totalMs: 300, answerMs: 5000 } });
      bench.server.seed(3);
      bench.server.settings.bytesPerSecond.answer = CONTENT.length;
      const asked = bench.ask();
      if (bench.way === 'contents') assert.equal((await answerOf(asked)).text, CONTENT);
      else assert.deepEqual(await errorOf(asked), { code: 'timedOut' });
    },
  },
];
