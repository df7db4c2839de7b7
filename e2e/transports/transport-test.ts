import { createHash, X509Certificate } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from '../harness/test.ts';
import { createTrust, type Trust } from './create-bench.ts';
import { startTransportApp, type TransportApp } from './start-transport-app.ts';

/** Electron with main's transports, and what its servers are known by. */
interface Opened {
  readonly app: TransportApp;
  readonly trust: Trust;
}

/** Playwright's test, with Electron's transports. */
export const test = base.extend<object, { opened: Opened }>({
  opened: [
    // Of the display, which must be named before the app starts.
    async ({ display: _ }, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'transports-'));
      const trust = await createTrust(folder);
      const executable = process.env['ELECTRON_EXECUTABLE'] ?? '';
      const app = await startTransportApp({
        executable,
        folder,
        publicKeyHashes: [toKeyHash(trust.certificates.good.cert)],
      });
      await use({ app, trust });
      await app.stop();
      await rm(folder, { recursive: true });
    },
    { scope: 'worker' },
  ],
});

/** As Chromium's `--ignore-certificate-errors-spki-list` takes it. */
function toKeyHash(certificate: string): string {
  const key = new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(key).digest('base64');
}
