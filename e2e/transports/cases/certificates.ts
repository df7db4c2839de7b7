import assert from 'node:assert/strict';
import { answerOf, type Certificates, errorOf } from '../transport-bench.ts';
import type { TransportCase } from './transport-case.ts';

const REFUSED: readonly (readonly [string, keyof Certificates])[] = [
  ['of another name', 'ofOtherName'],
  ['that has expired', 'expired'],
  ['of an unknown authority', 'ofStranger'],
  ['that signs itself', 'ofItself'],
];

/** No byte of a request leaves. */
const refusedCases: readonly TransportCase[] = REFUSED.map(([what, name]) => ({
  title: `a certificate ${what} is refused before anything is sent`,
  run: async (bench) => {
    const server = await bench.startServer({ tls: bench.certificates[name], http2: bench.isHttp2Server });
    assert.deepEqual(await errorOf(bench.ask({ server })), { code: 'untrustedCertificate' });
    assert.deepEqual(server.requests.all(), []);
  },
}));

export const certificateCases: readonly TransportCase[] = [
  ...refusedCases,
  {
    title: 'a server that asks for a certificate of the client gets none',
    // Chromium gives up, and leaves it to Node.
    concerns: ({ isChromium }) => !isChromium,
    run: async (bench) => {
      const tls = { ...bench.certificates.good, requestCert: true, rejectUnauthorized: false } as const;
      const server = await bench.startServer({ tls, http2: bench.isHttp2Server });
      assert.equal((await answerOf(bench.ask({ server }))).status, 200);
    },
  },
];
