import { runCase } from '../transports/create-bench.ts';
import type { TransportApp } from '../transports/start-transport-app.ts';
import { TRANSPORT_CASES } from '../transports/transport-cases.ts';
import { test } from '../transports/transport-test.ts';

// Every transport of the app, in Electron's main process; the one of Node in plain Node is e2e/integration/transport-cases.test.ts.

const TRANSPORTS = [
  ['chromium', 'requests'],
  ['chromium', 'contents'],
  ['node', 'requests'],
  ['node', 'contents'],
  ['node', 'uploads'],
] as const;

for (const isHttp2Server of [false, true]) {
  for (const [transport, way] of TRANSPORTS) {
    const isChromium = transport === 'chromium';
    const httpVersion = isHttp2Server && isChromium ? '2' : '1.1';
    const concerning = TRANSPORT_CASES.filter(
      ({ concerns }) => concerns?.({ way, httpVersion, isChromium }) ?? true,
    );
    test.describe(`${way} over ${transport}, a server of HTTP/${isHttp2Server ? 2 : 1.1}`, () => {
      for (const { title, run } of concerning) {
        test(title, async ({ opened: { app, trust } }) => {
          const ask = (asked: Parameters<TransportApp['ask']>[1]) => app.ask(transport, asked);
          await runCase({ way, isHttp2Server, isChromium, trust, setUp: app.setUp, ask }, run);
        });
      }
    });
  }
}
