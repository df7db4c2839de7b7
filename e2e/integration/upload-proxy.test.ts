import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readSystemAuthorities } from '../../main/openrouter/certificate-authorities.ts';
import { createCertificate } from '../bench/sink/certificate.ts';
import { type LocalServer, startServer } from '../server/server.ts';
import { keepProxies } from './proxies.ts';
import { keepTemporaryFolders } from './temporary-folder.ts';
import { failureOf, keepUploads, send, text } from './upload-setup.ts';

const { createTransport, openFile } = keepUploads();
const { startHttpProxy, startSocksProxy, startSilentServer, findDeadAddress } = keepProxies();
const makeFolder = keepTemporaryFolders();
let plain: LocalServer;
let secure: LocalServer;
let tls: { readonly key: string; readonly cert: string; readonly certificateFile: string };

beforeEach(async () => {
  const { keyFile, certificateFile } = await createCertificate(await makeFolder());
  tls = {
    key: await readFile(keyFile, 'utf8'),
    cert: await readFile(certificateFile, 'utf8'),
    certificateFile,
  };
  plain = await startServer();
  secure = await startServer({ tls });
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await plain.close();
  await secure.close();
});

/** What is behind a server's address, as a proxy is asked for it. */
const authorityOf = ({ baseUrl }: LocalServer) => new URL(baseUrl).host;
const trusting = () => ({ readAuthorities: async () => [tls.cert] });

describe('a certificate', () => {
  it('that nobody has vouched for is refused before a byte leaves', async () => {
    const failure = await failureOf(send(createTransport(), secure, await openFile('hello')));
    expect(failure).toEqual({ error: { code: 'untrustedCertificate' }, reached: 'nothing' });
    expect(secure.requests.all()).toEqual([]);
  });

  it('that the system trusts is trusted, and one that cannot be read does no harm', async () => {
    const broken = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----';
    const transport = createTransport({ readAuthorities: async () => [broken, tls.cert] });
    const stored = await send(transport, secure, await openFile(text(1_000_000)));
    expect(secure.files.get(stored.id)?.sizeBytes).toBe(1_000_000);
  });

  it('that nobody has vouched for is refused whatever the environment says', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    const failure = await failureOf(send(createTransport(), secure, await openFile('hello')));
    expect(failure).toEqual({ error: { code: 'untrustedCertificate' }, reached: 'nothing' });
    expect(secure.requests.all()).toEqual([]);
  });

  it('makes the app ask the system for its authorities once, and only if it needs them', async () => {
    let questions = 0;
    const transport = createTransport({
      readAuthorities: async () => {
        questions += 1;
        return [tls.cert];
      },
    });
    await send(transport, plain, await openFile('hello'));
    expect(questions).toBe(0);
    await send(transport, secure, await openFile('hello'));
    await send(
      transport,
      { ...secure, baseUrl: secure.baseUrl.replace('127.0.0.1', 'localhost') },
      await openFile('hello'),
    );
    expect(questions).toBe(1);
  });

  it('of another name is refused', async () => {
    const proxy = await startHttpProxy({ leadsTo: authorityOf(secure) });
    const transport = createTransport({ ...trusting(), resolveProxy: async () => `PROXY ${proxy.address}` });
    const target = { ...secure, baseUrl: 'https://files.example/api/v1' };
    const failure = await failureOf(send(transport, target, await openFile('hello')));
    expect(failure).toEqual({ error: { code: 'untrustedCertificate' }, reached: 'nothing' });
  });

  describe('in files that the environment names', () => {
    const names = ['SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS'] as const;
    const before = names.map((name) => process.env[name]);
    afterEach(() => {
      for (const [index, name] of names.entries()) {
        const value = before[index];
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    });

    it.each(names)('%s is found', async (name) => {
      process.env[name] = tls.certificateFile;
      expect(await readSystemAuthorities()).toContain(tls.cert.trim());
    });
  });
});

describe('a proxy', () => {
  it.each([
    ['http', () => plain, 1],
    // The bundled authorities do not know its certificate; only then the system's are asked for.
    ['https', () => secure, 2],
  ] as const)('leads to an %s server', async (_name, find, tunnels) => {
    const server = find();
    const proxy = await startHttpProxy();
    const asked: string[] = [];
    const transport = createTransport({
      ...trusting(),
      resolveProxy: async (url) => {
        asked.push(url);
        return `PROXY ${proxy.address}`;
      },
    });
    for (let upload = 0; upload < 3; upload += 1)
      await send(transport, server, await openFile(text(1_000_000)));
    expect(server.files.size).toBe(3);
    // The same tunnel for all three, and one question to the system.
    expect(proxy.asked).toEqual(Array.from({ length: tunnels }, () => authorityOf(server)));
    expect(asked).toEqual([`${new URL(server.baseUrl).origin}/`]);
  });

  it('over TLS leads to an https server', async () => {
    const proxy = await startHttpProxy({ tls });
    const transport = createTransport({
      ...trusting(),
      resolveProxy: async () => `HTTPS ${proxy.address}`,
    });
    await send(transport, secure, await openFile(text(1_000_000)));
    expect(proxy.asked).toEqual([authorityOf(secure)]);
  });

  it('that speaks SOCKS leads to an https server, and looks names up itself', async () => {
    const proxy = await startSocksProxy();
    const transport = createTransport({
      ...trusting(),
      resolveProxy: async () => `SOCKS5 ${proxy.address}`,
    });
    await send(transport, secure, await openFile(text(1_000_000)));
    const byName = { ...plain, baseUrl: plain.baseUrl.replace('127.0.0.1', 'localhost') };
    await send(transport, byName, await openFile('hello'));
    expect(new Set(proxy.asked)).toEqual(
      new Set([authorityOf(secure), `localhost:${new URL(plain.baseUrl).port}`]),
    );
  });

  it.each([407, 403])(
    'that refuses with %i is told apart, and gets no byte of the request',
    async (status) => {
      const proxy = await startHttpProxy({ refusesWith: status });
      const transport = createTransport({ resolveProxy: async () => `PROXY ${proxy.address}; DIRECT` });
      const failure = await failureOf(send(transport, plain, await openFile('hello')));
      expect(failure).toEqual({ error: { code: 'proxyRefused', status }, reached: 'nothing' });
      expect(plain.requests.all()).toEqual([]);
    },
  );

  it.each([500, 502, 503, 504, 429])(
    'that cannot reach the server (%i) is passed over for the next',
    async (status) => {
      const proxy = await startHttpProxy({ refusesWith: status });
      const transport = createTransport({ resolveProxy: async () => `PROXY ${proxy.address}; DIRECT` });
      await send(transport, plain, await openFile('hello'));
      expect(plain.files.size).toBe(1);
      expect(proxy.asked).toHaveLength(1);
    },
  );

  it('that cannot reach the server once is asked again, as there is no other way', async () => {
    const [dead, proxy] = [await findDeadAddress(), await startHttpProxy({ refusesWith: 502, refusals: 1 })];
    const transport = createTransport({
      resolveProxy: async () => `PROXY ${proxy.address}; PROXY ${dead}`,
    });
    await send(transport, plain, await openFile('hello'));
    expect(plain.files.size).toBe(1);
    expect(proxy.asked).toHaveLength(2);
  });

  it('that goes on refusing is told, whatever became of the routes behind it', async () => {
    const [dead, proxy] = [await findDeadAddress(), await startHttpProxy({ refusesWith: 503 })];
    const transport = createTransport({
      resolveProxy: async () => `PROXY ${proxy.address}; PROXY ${dead}`,
    });
    const failure = await failureOf(send(transport, plain, await openFile('hello')));
    expect(failure).toEqual({ error: { code: 'proxyRefused', status: 503 }, reached: 'nothing' });
    expect(plain.requests.all()).toEqual([]);
  });

  it('that refuses is not waited for once the upload is cancelled', async () => {
    const proxy = await startHttpProxy({ refusesWith: 503 });
    const transport = createTransport({ resolveProxy: async () => `PROXY ${proxy.address}` });
    const cancel = new AbortController();
    const failure = failureOf(send(transport, plain, await openFile('hello'), { signal: cancel.signal }));
    await expect.poll(() => proxy.asked.length).toBe(1);
    cancel.abort();
    expect(await failure).toEqual({ error: { code: 'cancelled' }, reached: 'nothing' });
    expect(proxy.asked).toHaveLength(1);
  });

  it.each([
    [2, { code: 'proxyRefused', status: 403 }],
    [4, { code: 'offline' }],
    [5, { code: 'offline' }],
  ])('that speaks SOCKS and replies %i is told apart', async (reply, error) => {
    const proxy = await startSocksProxy({ reply });
    const transport = createTransport({ resolveProxy: async () => `SOCKS5 ${proxy.address}` });
    const failure = await failureOf(send(transport, plain, await openFile('hello')));
    expect(failure).toEqual({ error, reached: 'nothing' });
  });

  it.each(['PROXY', 'HTTPS', 'SOCKS5'])('(%s) that is dead is passed over for the next', async (kind) => {
    const dead = await findDeadAddress();
    const transport = createTransport({ resolveProxy: async () => `${kind} ${dead}; DIRECT` });
    await send(transport, plain, await openFile('hello'));
    expect(plain.files.size).toBe(1);
  });

  it('that is dead is not gone round when there is no other way', async () => {
    const dead = await findDeadAddress();
    const transport = createTransport({ resolveProxy: async () => `PROXY ${dead}` });
    const failure = await failureOf(send(transport, plain, await openFile('hello')));
    expect(failure).toEqual({ error: { code: 'offline' }, reached: 'nothing' });
    expect(plain.requests.all()).toEqual([]);
  });

  it('with a certificate that nobody has vouched for is not gone round', async () => {
    const proxy = await startHttpProxy({ tls });
    const transport = createTransport({ resolveProxy: async () => `HTTPS ${proxy.address}; DIRECT` });
    const failure = await failureOf(send(transport, plain, await openFile('hello')));
    expect(failure).toEqual({ error: { code: 'untrustedCertificate' }, reached: 'nothing' });
  });

  it('that never answers is given up in time, and the next is tried', async () => {
    const silent = await startSilentServer();
    const transport = createTransport({
      resolveProxy: async () => `PROXY ${silent.address}; DIRECT`,
      timeouts: { connectMs: 1500 },
    });
    await send(transport, plain, await openFile('hello'));
    expect(plain.files.size).toBe(1);
  });

  it('that never answered a moment ago is not waited for again', async () => {
    const silent = await startSilentServer();
    const transport = createTransport({
      resolveProxy: async () => `PROXY ${silent.address}; DIRECT`,
      timeouts: { connectMs: 1500 },
    });
    await send(transport, plain, await openFile('hello'));
    // One of them finds no connection that was kept.
    const others = [await openFile('one'), await openFile('two')];
    await Promise.all(others.map((file) => send(transport, plain, file)));
    expect(plain.files.size).toBe(3);
    expect(silent.countConnections()).toBe(1);
  });
});
