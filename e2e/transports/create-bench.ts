import { readFile } from 'node:fs/promises';
import { createCertificate } from '../bench/sink/certificate.ts';
import { createAuthority, type IssuedCertificate } from '../server/authority.ts';
import { type LocalServer, type ServerOptions, startServer } from '../server/server.ts';
import type { Ask, TransportSetup, Way } from './app/asks.ts';
import { createProxies } from './proxies.ts';
import type { Asked } from './start-transport-app.ts';
import { type Certificates, NAME, OPERATIONS, type TransportBench, toAsk } from './transport-bench.ts';

/** What a bench is made of. */
export interface BenchParts {
  readonly way: Way;
  readonly isHttp2Server: boolean;
  readonly isChromium: boolean;
  readonly trust: Trust;
  readonly setUp: (setup: TransportSetup) => Promise<void>;
  readonly ask: (ask: Ask) => Asked;
}

/** Certificates, and the authority to trust, in PEM. */
export interface Trust {
  readonly authority: string;
  /** Of that authority, with a key that Chromium is not told to take. */
  readonly ofAuthority: IssuedCertificate;
  readonly certificates: Certificates;
}

/** Makes certificates in a folder; needs the program `openssl`. */
export async function createTrust(folder: string): Promise<Trust> {
  const [authority, stranger] = [await createAuthority(folder), await createAuthority(folder)];
  const { keyFile, certificateFile } = await createCertificate(folder);
  return {
    authority: authority.cert,
    ofAuthority: await authority.issue('IP:127.0.0.1'),
    certificates: {
      good: await authority.issue(`IP:127.0.0.1,DNS:${NAME}`),
      ofOtherName: await authority.issue('DNS:files.example'),
      expired: await authority.issue('IP:127.0.0.1', -1),
      ofStranger: await stranger.issue('IP:127.0.0.1'),
      ofItself: { key: await readFile(keyFile, 'utf8'), cert: await readFile(certificateFile, 'utf8') },
    },
  };
}

/** Runs one case of the table with a bench that is closed afterwards. */
export async function runCase(
  { way, isHttp2Server, isChromium, trust, setUp, ask }: BenchParts,
  run: (bench: TransportBench) => Promise<void>,
): Promise<void> {
  const { authority, certificates } = trust;
  const servers: LocalServer[] = [];
  const open = async (options?: ServerOptions) => {
    const opened = await startServer(options);
    servers.push(opened);
    return opened;
  };
  const server = await open({ tls: certificates.good, http2: isHttp2Server });
  const proxies = createProxies();
  const direct: TransportSetup = { authority, timeouts: {}, proxies: { mode: 'direct' } };
  await setUp(direct);
  try {
    await run({
      way,
      operation: OPERATIONS[way],
      isHttp2Server,
      httpVersion: isHttp2Server && isChromium ? '2' : '1.1',
      isChromium,
      server,
      proxies,
      certificates,
      startServer: open,
      setUp: (setup) => setUp({ ...direct, ...setup }),
      ask: ({ server: other = server, ...options } = {}) => ask(toAsk(way, other, options)),
    });
  } finally {
    proxies.close();
    for (const one of servers) await one.close();
  }
}
