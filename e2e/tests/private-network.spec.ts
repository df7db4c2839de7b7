import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { dropFiles } from '../harness/drop-files.ts';
import { hashFile, writeLocalFile } from '../harness/local-files.ts';
import { answerDialogs } from '../harness/native-dialogs.ts';
import { test as base, expect } from '../harness/test.ts';
import { createAuthority } from '../server/authority.ts';
import { createGeneratedContent } from '../server/content.ts';
import { type LocalServer, startServer } from '../server/server.ts';

/** A name that no resolver of this computer knows (RFC 6761, section 6.4). */
const NAME = 'files.company.invalid';

/** A server that is reached by a name of a company's own network, with a certificate of the company's own authority. */
interface PrivateNetwork {
  readonly server: LocalServer;
  /** What the proxy, which alone knows the name, was asked to lead to. */
  readonly asked: ReadonlySet<string>;
  readonly environment: Readonly<Record<string, string>>;
}

const test = base.extend<{ company: PrivateNetwork }>({
  company: async ({ profile }, use) => {
    const authority = await createAuthority(profile.folder);
    const server = await startServer({ tls: await authority.issue(`DNS:${NAME}`) });
    const asked = new Set<string>();
    const sockets = new Set<Socket>();
    const keep = (socket: Socket) => sockets.add(socket.on('error', () => socket.destroy()));
    const proxy = createServer().on('connect', (request, socket: Socket) => {
      keep(socket);
      asked.add(request.url ?? '');
      if (request.url !== `${NAME}:443`) return void socket.end('HTTP/1.1 404 Unknown\r\n\r\n');
      const onward = connect(Number(new URL(server.baseUrl).port), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
        socket.pipe(onward).pipe(socket);
      });
      keep(onward);
    });
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    // A listening TCP server's address is never a pipe's name.
    const { port } = proxy.address() as AddressInfo;
    const address = `http://127.0.0.1:${port}`;
    await use({
      server,
      asked,
      environment: {
        OPENROUTER_API_KEY: server.apiKey,
        OPENROUTER_BASE_URL: `https://${NAME}/api/v1`,
        SSL_CERT_FILE: authority.certificateFile,
        https_proxy: address,
        http_proxy: address,
        no_proxy: '',
      },
    });
    for (const socket of sockets) socket.destroy();
    proxy.close();
    await server.close();
  },
});

test.skip(process.platform !== 'linux', 'Elsewhere Chromium reads the system’s proxy, not the environment’s');

test('lists, uploads and downloads at an endpoint whose name only a proxy knows, with a certificate that only SSL_CERT_FILE vouches for', async ({
  launchFiles,
  company: { server, asked, environment },
  profile,
}) => {
  const content = createGeneratedContent(3_000_001, 7);
  server.files.add({ name: 'chart.bin', mimeType: 'application/octet-stream', content });
  server.files.add({ name: 'chart-2.bin', mimeType: 'application/octet-stream', content });
  const report = await writeLocalFile(profile, 'report.txt');
  const { app, page, table, transfers, save } = await launchFiles({ environment });
  await expect(table.row('chart.bin')).toBeVisible();

  await dropFiles(page, [report.path]);
  await transfers.expectState('report.txt', 'Done');
  expect(server.files.named('report.txt')).toHaveLength(1);

  for (const name of ['chart.bin', 'chart-2.bin']) {
    const target = join(profile.saveFolder, name);
    await answerDialogs(app.electron, { save: target });
    await table.row(name).click();
    await save.click();
    await transfers.expectState(name, 'Done');
    expect(await hashFile(target)).toBe(content.sha256);
  }
  // Nothing that a download met holds up an upload.
  const another = await writeLocalFile(profile, 'another.txt', 'another');
  await dropFiles(page, [another.path]);
  await transfers.expectState('another.txt', 'Done');
  expect(asked).toContain(`${NAME}:443`);
});
