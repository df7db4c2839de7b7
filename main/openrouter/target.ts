import { toHostName } from './proxy-routes.ts';

/** Where a connection shall lead. */
export interface Target {
  readonly host: string;
  readonly port: number;
  readonly isSecure: boolean;
}

/** Where a request shall lead. */
export interface RequestTarget extends Target {
  readonly url: string;
  /** With a slash at its end; of a URL no more may matter to the choice of a proxy. */
  readonly origin: string;
  /** As the header `Host` names it. */
  readonly authority: string;
  /** With the query. */
  readonly path: string;
}

/** Reads a URL of a server. */
export function parseTarget(url: string): RequestTarget {
  const { protocol, hostname, host, port, pathname, search, origin } = new URL(url);
  const isSecure = protocol === 'https:';
  return {
    url,
    origin: `${origin}/`,
    host: toHostName(hostname),
    port: Number(port) || (isSecure ? 443 : 80),
    isSecure,
    authority: host,
    path: `${pathname}${search}`,
  };
}
