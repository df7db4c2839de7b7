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
  /** As the header `Host` names it. */
  readonly authority: string;
  /** With the query. */
  readonly path: string;
}

/** Reads a URL of a server. */
export function parseTarget(url: string): RequestTarget {
  const { protocol, hostname, host, port, pathname, search } = new URL(url);
  const isSecure = protocol === 'https:';
  return {
    url,
    host: toHostName(hostname),
    port: Number(port) || (isSecure ? 443 : 80),
    isSecure,
    authority: host,
    path: `${pathname}${search}`,
  };
}
