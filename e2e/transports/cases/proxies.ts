import assert from 'node:assert/strict';
import { answerOf, errorOf, NAME, type TransportBench } from '../transport-bench.ts';
import type { TransportCase } from './transport-case.ts';

const useProxies = ({ setUp }: TransportBench, proxyRules: string) =>
  // Loopback is excepted unless it is told.
  setUp({ proxies: { proxyRules, proxyBypassRules: '<-loopback>' } });

const authorityOf = ({ server }: TransportBench) => new URL(server.baseUrl).host;

/** Through the system's proxies. */
export const proxyCases: readonly TransportCase[] = [
  {
    title: 'an HTTP proxy is asked for a tunnel',
    run: async (bench) => {
      const proxy = await bench.proxies.startHttpProxy();
      await useProxies(bench, proxy.address);
      assert.equal((await answerOf(bench.ask())).status, 200);
      assert.deepEqual(new Set(proxy.asked), new Set([authorityOf(bench)]));
    },
  },
  {
    title: 'a SOCKS proxy leads to the server',
    run: async (bench) => {
      const proxy = await bench.proxies.startSocksProxy();
      await useProxies(bench, `socks5://${proxy.address}`);
      assert.equal((await answerOf(bench.ask())).status, 200);
      assert.deepEqual(new Set(proxy.asked), new Set([authorityOf(bench)]));
    },
  },
  {
    title: 'a PAC script names the proxy',
    run: async (bench) => {
      // Of a name, as loopback is excepted from scripts.
      const url = `https://${NAME}:${new URL(bench.server.baseUrl).port}/api/v1/files`;
      const proxy = await bench.proxies.startHttpProxy({ leadsTo: authorityOf(bench) });
      const script = `function FindProxyForURL(url, host) { return "PROXY ${proxy.address}"; }`;
      const pacScript = `data:application/x-ns-proxy-autoconfig;base64,${btoa(script)}`;
      await bench.setUp({ proxies: { pacScript } });
      assert.equal((await answerOf(bench.ask({ url }))).status, 200);
      assert.deepEqual(new Set(proxy.asked), new Set([new URL(url).host]));
    },
  },
  {
    title: 'a proxy that is not there is told',
    run: async (bench) => {
      await useProxies(bench, await bench.proxies.findDeadAddress());
      assert.deepEqual(await errorOf(bench.ask()), { code: 'offline' });
      assert.deepEqual(bench.server.requests.all(), []);
    },
  },
  {
    title: 'a proxy that is not there is passed over where there is another way',
    run: async (bench) => {
      await useProxies(bench, `${await bench.proxies.findDeadAddress()},direct://`);
      assert.equal((await answerOf(bench.ask())).status, 200);
    },
  },
  ...[407, 403].map(
    (status): TransportCase => ({
      title: `a proxy that refuses with ${status} is told`,
      run: async (bench) => {
        const proxy = await bench.proxies.startHttpProxy({ refusesWith: status });
        await useProxies(bench, proxy.address);
        const error = await errorOf(bench.ask());
        // Chromium does not say with which status.
        assert.deepEqual(error, { code: 'proxyRefused', status: bench.isChromium ? 502 : status });
        assert.deepEqual(bench.server.requests.all(), []);
      },
    }),
  ),
  {
    title: 'a SOCKS proxy that refuses is told',
    run: async (bench) => {
      const proxy = await bench.proxies.startSocksProxy({ reply: 2 });
      await useProxies(bench, `socks5://${proxy.address}`);
      const error = await errorOf(bench.ask());
      assert.deepEqual(error, { code: 'proxyRefused', status: bench.isChromium ? 502 : 403 });
    },
  },
];
