import type { IssuedCertificate } from '../server/authority.ts';
import { createBufferContent } from '../server/content.ts';
import type { LocalServer, ServerOptions } from '../server/server.ts';
import type { Ask, Outcome, TransportSetup, Way } from './app/asks.ts';
import type { Proxies } from './proxies.ts';
import type { Asked } from './start-transport-app.ts';

/** What a case of the table has at hand. */
export interface TransportBench {
  readonly way: Way;
  /** What the way asks the server for. */
  readonly operation: 'list' | 'download' | 'upload';
  /** What this transport speaks with a server that offers it. */
  readonly httpVersion: '1.1' | '2';
  /** Whether the servers offer HTTP/2. */
  readonly isHttp2Server: boolean;
  /** Whether it is Chromium's network stack. */
  readonly isChromium: boolean;
  /** The server of this case, with a certificate that is trusted. */
  readonly server: LocalServer;
  readonly proxies: Proxies;
  readonly certificates: Certificates;
  /** Starts another server, which is closed after the case. */
  startServer(options?: ServerOptions): Promise<LocalServer>;
  /** Begins anew with other timeouts or proxies. */
  setUp(setup: Partial<TransportSetup>): Promise<void>;
  /** Asks for what the way asks for, of the case's server unless told. */
  ask(options?: Partial<Pick<Ask, 'method' | 'url'>> & { readonly server?: LocalServer }): Asked;
}

/** A name that the good certificate is for, too, and that no resolver knows (RFC 6761, section 6.4). */
export const NAME = 'files.company.invalid';

/** Certificates for 127.0.0.1, but one. */
export interface Certificates {
  readonly good: IssuedCertificate;
  readonly ofOtherName: IssuedCertificate;
  readonly expired: IssuedCertificate;
  /** Of an authority that nobody trusts. */
  readonly ofStranger: IssuedCertificate;
  readonly ofItself: IssuedCertificate;
}

/** What each way asks for. */
export const OPERATIONS: Readonly<Record<Way, TransportBench['operation']>> = {
  requests: 'list',
  contents: 'download',
  uploads: 'upload',
};

/** The bytes of the file that contents are asked for. */
export const CONTENT = 'made by a model, '.repeat(10);

/** Gives a request for what a way asks for, with the server's key. */
export function toAsk(way: Way, server: LocalServer, { method = 'GET', url }: Partial<Ask> = {}): Ask {
  const headers = { Authorization: `Bearer ${server.apiKey}` };
  return { way, method, url: url ?? `${server.baseUrl}${toPath(way, server)}`, headers };
}

function toPath(way: Way, server: LocalServer): string {
  if (way !== 'contents') return '/files';
  const [known] = server.files.named('chart.txt');
  const file =
    known ?? server.files.add({ name: 'chart.txt', content: createBufferContent(Buffer.from(CONTENT)) });
  return `/files/${file.id}/content`;
}

/** How a request failed; one that was answered fails the case. */
export async function errorOf({ outcome }: Asked) {
  const ended = await outcome;
  if (ended.kind === 'answer') throw new Error(`It was answered with ${ended.status}`);
  return ended.error;
}

/** The answer to a request; a failure fails the case. */
export async function answerOf({ outcome }: Asked): Promise<Extract<Outcome, { kind: 'answer' }>> {
  const ended = await outcome;
  if (ended.kind === 'failure') throw new Error(`It failed: ${JSON.stringify(ended.error)}`);
  return ended;
}
