import { readFile } from 'node:fs/promises';
import { createCertificate } from '../bench/sink/certificate.ts';
import { dropFiles } from '../harness/drop-files.ts';
import { createText, writeLocalFile } from '../harness/local-files.ts';
import { test as base, expect } from '../harness/test.ts';
import { type LocalServer, startServer } from '../server/server.ts';

/** A server over TLS. */
interface SecureServer {
  readonly server: LocalServer;
  /** Of its certificate, which signs itself. */
  readonly certificateFile: string;
  /** What leads the app to it. */
  readonly environment: Readonly<Record<string, string>>;
}

const test = base.extend<{ secure: SecureServer }>({
  secure: async ({ profile }, use) => {
    const { keyFile, certificateFile } = await createCertificate(profile.folder);
    const [key, cert] = [await readFile(keyFile, 'utf8'), await readFile(certificateFile, 'utf8')];
    const server = await startServer({ tls: { key, cert } });
    const environment = { OPENROUTER_API_KEY: server.apiKey, OPENROUTER_BASE_URL: server.baseUrl };
    await use({ server, certificateFile, environment });
    await server.close();
  },
});

test('a server whose certificate the system trusts is listed, and takes uploads', async ({
  launchFiles,
  secure: { server, certificateFile, environment },
  profile,
}) => {
  server.seed(2500);
  const file = await writeLocalFile(profile, 'report.txt', createText(3_000_001));
  const { page, table, transfers } = await launchFiles({
    environment: { ...environment, SSL_CERT_FILE: certificateFile },
  });
  await expect(table.pager).toContainText('1–50 of 2,500');
  await dropFiles(page, [file.path]);
  await transfers.expectState('report.txt', 'Done');
  await expect(table.pager).toContainText('1–50 of 2,501');
  expect(server.files.named('report.txt')).toHaveLength(1);
});

test('a server whose certificate nobody vouches for never sees the key, whatever the environment says', async ({
  launchFiles,
  secure: { server, environment },
}) => {
  server.seed(3);
  const { alert, table } = await launchFiles({
    environment: { ...environment, NODE_TLS_REJECT_UNAUTHORIZED: '0' },
  });
  await expect(alert).toContainText('The server’s certificate is not trusted');
  await expect(table.rows).toHaveCount(0);
  expect(server.requests.all()).toEqual([]);
});
