import { once } from 'node:events';
import { chmod, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { dropFiles } from '../harness/drop-files.ts';
import { hashFile, writeLocalFile } from '../harness/local-files.ts';
import { answerDialogs } from '../harness/native-dialogs.ts';
import type { Profile } from '../harness/profile.ts';
import { test as base, expect, type OpenWindow } from '../harness/test.ts';
import { createAuthority } from '../server/authority.ts';
import { createGeneratedContent } from '../server/content.ts';
import { type LocalServer, startServer } from '../server/server.ts';

/** A name that no resolver of this computer knows (RFC 6761, section 6.4). */
const NAME = 'files.company.invalid';

/** A server of a company's own network: of a name that is known only there, with a certificate of its own authority. */
interface PrivateServer {
  readonly server: LocalServer;
  readonly environment: Readonly<Record<string, string>>;
}

/** A proxy that alone knows the name. */
interface CompanyProxy {
  readonly environment: Readonly<Record<string, string>>;
  /** What it was asked to lead to. */
  readonly asked: ReadonlySet<string>;
}

const test = base.extend<{ company: PrivateServer; companyProxy: CompanyProxy; hosts: undefined }>({
  company: async ({ profile }, use) => {
    const authority = await createAuthority(profile.folder);
    const server = await startServer({ tls: await authority.issue(`DNS:${NAME}`) });
    const { port } = new URL(server.baseUrl);
    await use({
      server,
      environment: {
        OPENROUTER_API_KEY: server.apiKey,
        OPENROUTER_BASE_URL: `https://${NAME}:${port}/api/v1`,
        SSL_CERT_FILE: authority.certificateFile,
      },
    });
    await server.close();
  },
  companyProxy: async ({ company }, use) => {
    const { port } = new URL(company.server.baseUrl);
    const asked = new Set<string>();
    const sockets = new Set<Socket>();
    const keep = (socket: Socket) => sockets.add(socket.on('error', () => socket.destroy()));
    const proxy = createServer().on('connect', (request, socket: Socket) => {
      keep(socket);
      asked.add(request.url ?? '');
      if (request.url !== `${NAME}:${port}`) return void socket.end('HTTP/1.1 404 Unknown\r\n\r\n');
      const onward = connect(Number(port), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
        socket.pipe(onward).pipe(socket);
      });
      keep(onward);
    });
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    // A listening TCP server's address is never a pipe's name.
    const { port: proxyPort } = proxy.address() as AddressInfo;
    const address = `http://127.0.0.1:${proxyPort}`;
    await use({ asked, environment: { https_proxy: address, http_proxy: address, no_proxy: '' } });
    for (const socket of sockets) socket.destroy();
    proxy.close();
  },
  /** Starts the app where the system knows the name: with an `/etc/hosts` of its own, which takes root. */
  hosts: async ({ profile }, use) => {
    const electron = process.env['ELECTRON_EXECUTABLE'] ?? '';
    const [hosts, starter] = [join(profile.folder, 'hosts'), join(profile.folder, 'start.sh')];
    await writeFile(hosts, `127.0.0.1 localhost\n127.0.0.1 ${NAME}\n`);
    const inner = `mount --bind '${hosts}' /etc/hosts && exec '${electron}' "$@"`;
    await writeFile(starter, `#!/bin/sh\nexec unshare --mount sh -c "$INNER" sh "$@"\n`);
    await chmod(starter, 0o755);
    process.env['ELECTRON_EXECUTABLE'] = starter;
    process.env['INNER'] = inner;
    await use(undefined);
    process.env['ELECTRON_EXECUTABLE'] = electron;
    delete process.env['INNER'];
  },
});

/** Lists, uploads, downloads twice, and uploads again: nothing that a download met may hold that up. */
async function useFiles(files: OpenWindow, { server }: PrivateServer, profile: Profile): Promise<void> {
  const { app, page, table, transfers, save } = files;
  const [report, another] = [
    await writeLocalFile(profile, 'report.txt'),
    await writeLocalFile(profile, 'another.txt', 'another'),
  ];
  await dropFiles(page, [report.path]);
  await transfers.expectState('report.txt', 'Done');
  for (const { name, sha256 } of server.files.all().filter((file) => file.name.startsWith('chart'))) {
    const target = join(profile.saveFolder, name);
    await answerDialogs(app.electron, { save: target });
    await table.row(name).click();
    await save.click();
    await transfers.expectState(name, 'Done');
    expect(await hashFile(target)).toBe(sha256);
  }
  await dropFiles(page, [another.path]);
  await transfers.expectState('another.txt', 'Done');
  expect(server.files.named('report.txt')).toHaveLength(1);
}

function addCharts({ server }: PrivateServer): void {
  for (const name of ['chart-1.bin', 'chart-2.bin'])
    server.files.add({ name, content: createGeneratedContent(3_000_001, name.length) });
}

test.skip(
  process.platform !== 'linux',
  'Elsewhere Chromium reads the system’s proxy, and its hosts cannot be changed',
);

test('lists, uploads and downloads at an endpoint whose name only a proxy knows, with a certificate that only SSL_CERT_FILE vouches for', async ({
  launchFiles,
  company,
  companyProxy,
  profile,
}) => {
  addCharts(company);
  const files = await launchFiles({ environment: { ...company.environment, ...companyProxy.environment } });
  await useFiles(files, company, profile);
  expect(companyProxy.asked).toContain(`${NAME}:${new URL(company.server.baseUrl).port}`);
});

test('lists, uploads and downloads at an endpoint whose name only the system’s resolver knows', async ({
  launchFiles,
  company,
  hosts: _,
  profile,
}) => {
  test.skip(process.getuid?.() !== 0, 'Takes root');
  addCharts(company);
  await useFiles(await launchFiles({ environment: company.environment }), company, profile);
});
