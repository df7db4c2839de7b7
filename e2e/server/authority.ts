import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A certificate and its key, in PEM. */
export interface IssuedCertificate {
  readonly key: string;
  readonly cert: string;
}

/** A certificate authority that is made for one run, as a company or a proxy that reads along has one. */
export interface Authority {
  /** Its own certificate, in PEM. */
  readonly cert: string;
  readonly certificateFile: string;
  /**
   * Issues a certificate for a name as openssl writes it, such as `IP:127.0.0.1` or `DNS:files.example`; one for -1 days
   * has expired.
   */
  readonly issue: (name: string, days?: number) => Promise<IssuedCertificate>;
}

const NEW_KEY = '-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes'.split(' ');

/** Makes an authority in a folder; needs the program `openssl`. */
export async function createAuthority(folder: string): Promise<Authority> {
  const at = (name: string) => join(folder, name);
  const openssl = async (...args: readonly string[]) => void (await promisify(execFile)('openssl', args));
  const id = randomUUID();
  const [keyFile, certificateFile] = [at(`${id}-authority-key.pem`), at(`${id}-authority.pem`)];
  const subject = ['-subj', `/CN=Authority ${id}`, '-addext', 'keyUsage=critical,keyCertSign'];
  await openssl(
    'req',
    '-x509',
    ...NEW_KEY,
    '-days',
    '2',
    ...subject,
    '-keyout',
    keyFile,
    '-out',
    certificateFile,
  );
  return {
    cert: await readFile(certificateFile, 'utf8'),
    certificateFile,
    issue: async (name, days = 2) => {
      const of = randomUUID();
      const [key, request, cert] = [at(`${of}-key.pem`), at(`${of}.csr`), at(`${of}.pem`)];
      const wanted = ['-subj', '/CN=server', '-addext', `subjectAltName=${name}`];
      await openssl('req', ...NEW_KEY, ...wanted, '-keyout', key, '-out', request);
      const signing = [
        '-CA',
        certificateFile,
        '-CAkey',
        keyFile,
        '-CAcreateserial',
        '-copy_extensions',
        'copy',
      ];
      await openssl('x509', '-req', '-in', request, ...signing, '-days', String(days), '-out', cert);
      return { key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8') };
    },
  };
}
