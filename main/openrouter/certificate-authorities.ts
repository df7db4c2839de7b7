import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import tls, { type SecureContext } from 'node:tls';

/** Where Linux distributions keep what the system trusts, in the order of how common they are (Go, crypto/x509/root_linux.go). */
const SYSTEM_BUNDLES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

/** Gives certificate authorities to trust, each in PEM. */
export type ReadAuthorities = () => Promise<readonly string[]>;

/**
 * Reads the authorities that this computer trusts: from the system where this Node can ask it (22.15 and later), else
 * from `SSL_CERT_FILE` or the bundle of the Linux distribution; and those of `NODE_EXTRA_CA_CERTS`. What cannot be read
 * is passed over: the bundled authorities are there in any case.
 */
export async function readSystemAuthorities(): Promise<readonly string[]> {
  const { SSL_CERT_FILE, NODE_EXTRA_CA_CERTS } = process.env;
  const ofSystem = askNode() ?? (await readFirst([SSL_CERT_FILE, ...SYSTEM_BUNDLES]));
  // Not every Node asks for the first one, and none for the second one, when it tells what the system trusts.
  const named = await Promise.all([SSL_CERT_FILE, NODE_EXTRA_CA_CERTS].map((path) => readFirst([path])));
  return [...ofSystem, ...named.flat()];
}

/** Makes what TLS connections are checked against: the authorities bundled with Node, and the given ones. */
export async function createTrust(readAuthorities: ReadAuthorities): Promise<SecureContext> {
  const ca = [...new Set([...tls.rootCertificates, ...(await readAuthorities())].map((pem) => pem.trim()))];
  try {
    return tls.createSecureContext({ ca });
  } catch {
    // One that cannot be read must not cost all others; looking at each first would take as long again.
    return tls.createSecureContext({ ca: ca.filter(isCertificate) });
  }
}

/** Gives null where this Node, older than the types, cannot ask. */
function askNode(): readonly string[] | null {
  const ask: unknown = Reflect.get(tls, 'getCACertificates');
  if (typeof ask !== 'function') return null;
  try {
    const answer: unknown = ask('system');
    return Array.isArray(answer) ? answer.filter((pem) => typeof pem === 'string') : null;
  } catch {
    return null;
  }
}

async function readFirst(paths: readonly (string | undefined)[]): Promise<readonly string[]> {
  for (const path of paths) {
    const text = path ? await readFile(path, 'latin1').catch(() => '') : '';
    const certificates = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g);
    if (certificates) return certificates;
  }
  return [];
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).publicKey !== undefined;
  } catch {
    return false;
  }
}
