/** One way to a server: straight, or through a proxy. */
export type Route =
  | { readonly kind: 'direct' }
  /** A proxy that is asked with CONNECT; `isSecure` when the proxy itself is spoken to over TLS. */
  | { readonly kind: 'http'; readonly isSecure: boolean; readonly host: string; readonly port: number }
  | { readonly kind: 'socks'; readonly version: 4 | 5; readonly host: string; readonly port: number };

const DIRECT: Route = { kind: 'direct' };

/**
 * Reads a list of proxies as a PAC script and Electron's `session.resolveProxy` give it, such as
 * `PROXY a:3128; SOCKS5 [::1]:1080; DIRECT`, best first. `SOCKS` means version 4, as Chromium has it
 * (net/docs/proxy.md). What cannot be read is passed over; a list without a readable entry means no proxy.
 */
export function parseProxyList(list: string): readonly Route[] {
  const routes = list
    .split(';')
    .map(parseEntry)
    .filter((route) => route !== null);
  return routes.length > 0 ? routes : [DIRECT];
}

function parseEntry(entry: string): Route | null {
  const [, kind = '', authority = ''] = /^\s*([A-Za-z0-9]+)(?:\s+(\S+))?\s*$/.exec(entry) ?? [];
  switch (kind.toUpperCase()) {
    case 'DIRECT':
      return DIRECT;
    case 'PROXY':
    case 'HTTP':
      return toProxy(authority, 80, (address) => ({ kind: 'http', isSecure: false, ...address }));
    case 'HTTPS':
      return toProxy(authority, 443, (address) => ({ kind: 'http', isSecure: true, ...address }));
    case 'SOCKS':
    case 'SOCKS4':
      return toProxy(authority, 1080, (address) => ({ kind: 'socks', version: 4, ...address }));
    case 'SOCKS5':
      return toProxy(authority, 1080, (address) => ({ kind: 'socks', version: 5, ...address }));
    default:
      return null;
  }
}

function toProxy(
  authority: string,
  defaultPort: number,
  toRoute: (address: { readonly host: string; readonly port: number }) => Route,
): Route | null {
  const [, host, port] = /^(\[[^\]]+\]|[^:\s]+)(?::(\d{1,5}))?$/.exec(authority) ?? [];
  return host === undefined
    ? null
    : toRoute({ host: toHostName(host), port: port === undefined ? defaultPort : Number(port) });
}

/** Takes the brackets off an IPv6 address, which URLs and proxy lists write and sockets do not know. */
export function toHostName(host: string): string {
  return host.replace(/^\[|\]$/g, '');
}
