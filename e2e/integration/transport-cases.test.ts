import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { createTransport, type Transport } from '../../main/openrouter/transport.ts';
import { type Ask, type ProxySetup, performAsk, type TransportSetup } from '../transports/app/asks.ts';
import { createTrust, runCase, type Trust } from '../transports/create-bench.ts';
import type { Asked } from '../transports/start-transport-app.ts';
import { TRANSPORT_CASES } from '../transports/transport-cases.ts';

// The transport that tests of main take in plain Node; in Electron the same table is e2e/tests/transports.spec.ts.

let folder: string;
let trust: Trust;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'transport-cases-'));
  trust = await createTrust(folder);
});

afterAll(() => rm(folder, { recursive: true }));

/** What Electron would say of such a set-up. */
function toProxyList(proxies: ProxySetup): string {
  if ('mode' in proxies) return 'DIRECT';
  if ('pacScript' in proxies) return /"(.+)"/.exec(atob(proxies.pacScript.replace(/^.*,/, '')))?.[1] ?? '';
  return proxies.proxyRules
    .split(',')
    .map((rule) => (rule === 'direct://' ? 'DIRECT' : `PROXY ${rule}`.replace('PROXY socks5://', 'SOCKS5 ')))
    .join(';');
}

function openTransport({ authority, timeouts, proxies }: TransportSetup): Transport {
  return createTransport({
    resolveProxy: async () => toProxyList(proxies),
    readAuthorities: async () => [authority],
    timeouts,
  });
}

for (const isHttp2Server of [false, true]) {
  for (const way of ['requests', 'contents', 'uploads'] as const) {
    const concerning = TRANSPORT_CASES.filter(
      ({ concerns }) => concerns?.({ way, httpVersion: '1.1', isChromium: false }) ?? true,
    );
    describe(`${way} over node:http(s), a server of HTTP/${isHttp2Server ? 2 : 1.1}`, () => {
      test.each(concerning)('$title', async ({ run }) => {
        let transport: Transport | undefined;
        const ask = (asked: Ask): Asked => {
          if (!transport) throw new Error('Nothing is set up');
          const controller = new AbortController();
          return {
            outcome: performAsk(transport, asked, controller.signal),
            cancel: async () => controller.abort(),
          };
        };
        const setUp = async (setup: TransportSetup) => {
          transport?.close();
          transport = openTransport(setup);
        };
        await runCase({ way, isHttp2Server, isChromium: false, trust, setUp, ask }, run);
        transport?.close();
      });
    });
  }
}
