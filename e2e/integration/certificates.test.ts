import { createServer } from 'node:https';
import { afterEach, describe, expect, it } from 'vitest';
import { createAuthority } from '../server/authority.ts';
import { type LocalServer, startServer } from '../server/server.ts';
import { openTestLocation, type TestLocation } from './location.ts';
import { keepOwnServers } from './own-server.ts';
import { keepTemporaryFolders } from './temporary-folder.ts';
import { inState } from './transfers-bench.ts';
import { keepUploads } from './upload-setup.ts';

const makeFolder = keepTemporaryFolders();
const { openFile } = keepUploads();
const { listen } = keepOwnServers();
const opened: (LocalServer | TestLocation)[] = [];

afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

const keep = <Opened extends LocalServer | TestLocation>(one: Opened): Opened => {
  opened.push(one);
  return one;
};

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
