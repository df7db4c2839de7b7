import { createServer } from 'node:https';
import { text as readText } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { createAppTransport } from '../../main/openrouter/app-transport.ts';
import { createOpenRouterClient } from '../../main/openrouter/client.ts';
import type { SendHttp } from '../../main/openrouter/http.ts';
import { toNetworkFailure } from '../../main/openrouter/network-errors.ts';
import { type Authority, createAuthority, type IssuedCertificate } from '../server/authority.ts';
import { createBufferContent } from '../server/content.ts';
import { type LocalServer, startServer } from '../server/server.ts';
import { errorOf, never } from './client-bench.ts';
import { openTestLocation, type TestLocation } from './location.ts';
import { keepOwnServers } from './own-server.ts';
import { keepProxies } from './proxies.ts';
import { keepTemporaryFolders } from './temporary-folder.ts';
import { inState } from './transfers-bench.ts';
import { failureOf, keepUploads, send } from './upload-setup.ts';

const makeFolder = keepTemporaryFolders();
const { createTransport, openFile } = keepUploads();
const { listen } = keepOwnServers();
const { startHttpProxy } = keepProxies();
const opened: (LocalServer | TestLocation)[] = [];

afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

const keep = <Opened extends LocalServer | TestLocation>(one: Opened): Opened => {
  opened.push(one);
  return one;
};

/** How Chromium fails, which does not know the authorities of `SSL_CERT_FILE`. */
const refusing: SendHttp = async () => {
  throw toNetworkFailure(new Error('net::ERR_CERT_AUTHORITY_INVALID'));
};

/** A server with a certificate, and a client that trusts one authority. */
async function setUp(certificate: IssuedCertificate, trusted: Authority, chromium: SendHttp = refusing) {
  const server = keep(await startServer({ tls: certificate }));
  const transport = createAppTransport({
    chromium: { send: chromium, sendForContent: chromium },
    node: createTransport({ readAuthorities: async () => [trusted.cert] }),
  });
  const client = createOpenRouterClient({
    endpoint: server.baseUrl,
    key: server.apiKey,
    transport,
    sendForContent: transport.sendForContent,
    redact: (words) => words,
  });
  const content = createBufferContent(Buffer.from('made by a model'));
  const { id } = server.files.add({ name: 'chart.txt', mimeType: 'text/plain', content });
  return { server, transport, client, id };
}

describe('a certificate of an authority that only this computer knows', () => {
  it('is trusted for the list, uploads, downloads and deletions alike', async () => {
    const company = await createAuthority(await makeFolder());
    const asked: string[] = [];
    const { server, transport, client, id } = await setUp(
      await company.issue('IP:127.0.0.1'),
      company,
      async (request) => {
        asked.push(request.url);
        return refusing(request);
      },
    );
    expect((await client.listFiles(null, never)).files).toHaveLength(1);
    for (let download = 0; download < 3; download += 1) {
      const { body } = await client.openContent(id, { signal: never });
      expect(await readText(body)).toBe('made by a model');
    }
    // Chromium has refused it once: it is not asked again.
    expect(asked).toHaveLength(1);
    expect((await send(transport, server, await openFile('hello'))).sizeBytes).toBe(5);
    await client.deleteFile(id, never);
    expect(server.files.get(id)).toBeUndefined();
  });

  it('and that only Chromium trusts does for everything but uploads, which say so', async () => {
    const company = await createAuthority(await makeFolder());
    const chromium = createTransport({ readAuthorities: async () => [company.cert] });
    const { server, transport, client, id } = await setUp(
      await company.issue('IP:127.0.0.1'),
      await createAuthority(await makeFolder()),
      chromium.sendForContent,
    );
    expect((await client.listFiles(null, never)).files).toHaveLength(1);
    const { body } = await client.openContent(id, { signal: never });
    expect(await readText(body)).toBe('made by a model');
    expect(await failureOf(send(transport, server, await openFile('hello')))).toEqual({
      error: { code: 'uploadsBlocked', obstacle: 'certificate' },
      reached: 'nothing',
    });
    expect(server.requests.all('upload')).toEqual([]);
  });
});

describe('a certificate that must not be trusted', () => {
  it.each<[string, (company: Authority, stranger: Authority) => Promise<IssuedCertificate>]>([
    ['of another name', (company) => company.issue('DNS:files.example')],
    ['that has expired', (company) => company.issue('IP:127.0.0.1', -1)],
    ['of an unknown authority', (_company, stranger) => stranger.issue('IP:127.0.0.1')],
  ])('%s is refused for everything, and no byte of a request leaves', async (_name, issue) => {
    const folder = await makeFolder();
    const [company, stranger] = [await createAuthority(folder), await createAuthority(folder)];
    const { server, transport, client, id } = await setUp(await issue(company, stranger), company);
    const refused = { code: 'untrustedCertificate' };
    expect(await errorOf(client.listFiles(null, never))).toEqual(refused);
    expect(await errorOf(client.openContent(id, { signal: never }))).toEqual(refused);
    expect(await errorOf(client.openContent(id, { signal: never }))).toEqual(refused);
    expect(await errorOf(client.deleteFile(id, never))).toEqual(refused);
    expect(await failureOf(send(transport, server, await openFile('hello')))).toEqual({
      error: refused,
      reached: 'nothing',
    });
    expect(server.requests.all()).toEqual([]);
  });
});

describe('a proxy that refuses Chromium', () => {
  const refusesAll: SendHttp = async () => {
    throw toNetworkFailure(new Error('net::ERR_TUNNEL_CONNECTION_FAILED'));
  };

  it('is asked by Node, too, which says what it answered', async () => {
    const server = keep(await startServer());
    const proxy = await startHttpProxy({ refusesWith: 403 });
    const transport = createAppTransport({
      chromium: { send: refusesAll, sendForContent: refusesAll },
      node: createTransport({ resolveProxy: async () => `PROXY ${proxy.address}` }),
    });
    const request = { method: 'GET', url: `${server.baseUrl}/files`, headers: {}, signal: never } as const;
    for (const ask of [transport.send, transport.sendForContent])
      expect(await errorOf(ask(request))).toEqual({ code: 'proxyRefused', status: 403 });
    expect(server.requests.all()).toEqual([]);
  });

  it('does not end a request that Node gets through', async () => {
    const server = keep(await startServer());
    const transport = createAppTransport({
      chromium: { send: refusesAll, sendForContent: refusesAll },
      node: createTransport(),
    });
    const request = { method: 'GET', url: `${server.baseUrl}/key`, headers: {}, signal: never } as const;
    for (const ask of [transport.send, transport.sendForContent])
      expect((await ask(request)).status).toBe(401);
  });
});

describe('a proxy that lets Chromium sign in', () => {
  const uploadThrough = async (refusesWith: number) => {
    const server = keep(await startServer());
    const proxy = await startHttpProxy({ refusesWith });
    const chromium = createTransport();
    const node = createTransport({ resolveProxy: async () => `PROXY ${proxy.address}` });
    const transport = createAppTransport({ chromium, node });
    return failureOf(send(transport, server, await openFile('hello')));
  };

  it('lets no uploads through, which say so', async () => {
    const error = { code: 'uploadsBlocked', obstacle: 'proxySignIn' };
    expect(await uploadThrough(407)).toEqual({ error, reached: 'nothing' });
  });

  it('and refuses uploads for another reason is told as any other', async () => {
    const error = { code: 'proxyRefused', status: 403 };
    expect(await uploadThrough(403)).toEqual({ error, reached: 'nothing' });
  });
});

describe('a certificate that is not trusted for a while', () => {
  it('as on the sign-in page of a network, holds transfers until the server is reached, without a person', async () => {
    const folder = await makeFolder();
    const [company, stranger] = [await createAuthority(folder), await createAuthority(folder)];
    const server = keep(await startServer({ tls: await company.issue('IP:127.0.0.1') }));
    const location = keep(
      await openTestLocation(server, {
        folder,
        speed: 50,
        readAuthorities: async () => [company.cert],
      }),
    );
    await location.index.whenRead(new AbortController().signal);
    await server.goOffline();
    const portal = createServer(await stranger.issue('IP:127.0.0.1'), (_request, answer) =>
      answer.end('sign in'),
    );
    const { connections } = await listen(portal, Number(new URL(server.baseUrl).port));
    const { path } = await openFile('hello');
    const id = location.upload(path, 'a.txt');
    await location.waitFor(({ error }) => error?.code === 'untrustedCertificate');
    const { queue } = location.transfers;
    expect(queue.status().holds).toMatchObject([
      { scope: 'all', error: { code: 'untrustedCertificate' }, resumesAt: null },
    ]);
    expect(server.requests.all('upload')).toEqual([]);
    portal.close();
    for (const socket of connections) socket.destroy();
    await server.goOnline();
    const done = await location.waitFor(inState(id, 'done'));
    expect(done.attempts).toBe(1);
    expect(queue.status().holds).toEqual([]);
  });
});
