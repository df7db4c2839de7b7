import { expect } from '../harness/test.ts';
import { createBufferContent } from '../server/content.ts';
import { type LocalServer, startServer } from '../server/server.ts';
import type { Way } from '../transports/app/asks.ts';
import type { Asked, TransportApp } from '../transports/start-transport-app.ts';
import { answerOf, toAsk } from '../transports/transport-bench.ts';
import { test } from '../transports/transport-test.ts';

const WAYS: readonly Way[] = ['requests', 'contents', 'uploads'];
/** More than Chromium opens connections to a host of HTTP/1.1 in a session. */
const STALLED = 8;
const ANSWERED_WITHIN_MS = 1000;

/** Begins downloads that stop in the middle; settles when all have. */
async function stallDownloads(app: TransportApp, server: LocalServer): Promise<readonly Asked[]> {
  const fault = { kind: 'hang', at: { answerBytes: 10 } } as const;
  server.faults.inject({ on: 'download', times: STALLED, fault });
  const downloads = Array.from({ length: STALLED }, () => app.ask('app', toAsk('contents', server)));
  const isStalled = () => server.requests.all('download').filter(({ isHeld }) => isHeld).length === STALLED;
  await server.waitFor(isStalled);
  return downloads;
}

for (const http2 of [false, true]) {
  test(`eight stalled downloads leave list, deletion and verification answering at once (HTTP/${http2 ? 2 : 1.1})`, async ({
    opened: { app, trust },
  }) => {
    const server = await startServer({ tls: trust.certificates.good, http2 });
    await app.setUp({ authority: trust.authority, timeouts: {}, proxies: { mode: 'direct' } });
    const { id } = server.files.add({ name: 'a.txt', content: createBufferContent(Buffer.from('a')) });
    const downloads = await stallDownloads(app, server);
    const file = `${server.baseUrl}/files/${id}`;
    for (const [method, url] of [
      ['GET', `${server.baseUrl}/files`],
      ['GET', file],
      ['DELETE', file],
    ] as const) {
      const startedAt = performance.now();
      const { status } = await answerOf(app.ask('app', toAsk('requests', server, { method, url })));
      expect(status).toBe(200);
      expect(performance.now() - startedAt).toBeLessThan(ANSWERED_WITHIN_MS);
    }
    await Promise.all(downloads.map((download) => download.cancel()));
    await server.close();
  });
}

test('a download that begins while others are silent is not taken for silent', async ({
  opened: { app, trust },
}) => {
  const server = await startServer({ tls: trust.certificates.good });
  const timeouts = { connectMs: 20_000, silenceMs: 2000 };
  await app.setUp({ authority: trust.authority, timeouts, proxies: { mode: 'direct' } });
  const downloads = await stallDownloads(app, server);
  expect((await answerOf(app.ask('app', toAsk('contents', server)))).status).toBe(200);
  const error = { code: 'timedOut' };
  for (const { outcome } of downloads) {
    expect(await outcome).toEqual({ kind: 'failure', error, hasHead: true });
  }
  await server.close();
});

test('a server that Node trusts and Chromium does not is spoken to over Node for everything', async ({
  opened: { app, trust },
}) => {
  const server = await startServer({ tls: trust.ofAuthority, http2: true });
  await app.setUp({ authority: trust.authority, timeouts: {}, proxies: { mode: 'direct' } });
  for (const way of [...WAYS, ...WAYS]) {
    expect((await answerOf(app.ask('app', toAsk(way, server)))).status).toBe(200);
  }
  expect(new Set(server.requests.all().map(({ httpVersion }) => httpVersion))).toEqual(new Set(['1.1']));
  await server.close();
});

test('a server that only Chromium trusts takes all but uploads, which say so', async ({
  opened: { app, trust },
}) => {
  const server = await startServer({ tls: trust.certificates.good, http2: true });
  await app.setUp({ authority: '', timeouts: {}, proxies: { mode: 'direct' } });
  for (const way of ['requests', 'contents'] as const) {
    expect((await answerOf(app.ask('app', toAsk(way, server)))).status).toBe(200);
  }
  expect(await app.ask('app', toAsk('uploads', server)).outcome).toEqual({
    kind: 'failure',
    error: { code: 'uploadsBlocked', obstacle: 'certificate' },
    hasHead: false,
  });
  expect(server.requests.all('upload')).toEqual([]);
  await server.close();
});

test('a server on a port that web pages must not reach is spoken to over Node', async ({
  opened: { app, trust },
}) => {
  const server = await startOnAny([6665, 6666, 6667, 6668, 6669]);
  await app.setUp({ authority: trust.authority, timeouts: {}, proxies: { mode: 'direct' } });
  for (const way of WAYS) expect((await answerOf(app.ask('app', toAsk(way, server)))).status).toBe(200);
  await server.close();
});

test('a server that asks for a certificate of the client gets none, and answers', async ({
  opened: { app, trust },
}) => {
  const tls = { ...trust.certificates.good, requestCert: true, rejectUnauthorized: false } as const;
  const server = await startServer({ tls });
  await app.setUp({ authority: trust.authority, timeouts: {}, proxies: { mode: 'direct' } });
  for (const way of WAYS) expect((await answerOf(app.ask('app', toAsk(way, server)))).status).toBe(200);
  await server.close();
});

/** On the first of some ports that is free. */
async function startOnAny([port, ...others]: readonly number[]): Promise<LocalServer> {
  if (port === undefined) throw new Error('All of these ports are taken');
  return startServer({ port }).catch(() => startOnAny(others));
}
