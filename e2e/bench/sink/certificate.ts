import { execFile } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A certificate for 127.0.0.1 that signs itself and is made for one run. */
export interface Certificate {
  readonly keyFile: string;
  readonly certificateFile: string;
  /** What Chromium's `--ignore-certificate-errors-spki-list` takes: SHA-256 of the public key, in base64. */
  readonly publicKeyHash: string;
}

const OPENSSL_ARGUMENTS =
  'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1';

/** Makes a certificate in a folder; needs the program `openssl`. */
export async function createCertificate(folder: string): Promise<Certificate> {
  const keyFile = join(folder, 'sink-key.pem');
  const certificateFile = join(folder, 'sink-certificate.pem');
  const args = [...OPENSSL_ARGUMENTS.split(' '), '-keyout', keyFile, '-out', certificateFile];
  await promisify(execFile)('openssl', args);
  const { publicKey } = new X509Certificate(await readFile(certificateFile));
  const publicKeyHash = createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64');
  return { keyFile, certificateFile, publicKeyHash };
}
