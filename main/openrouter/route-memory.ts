import type { Route } from './proxy-routes.ts';

/** Which routes led nowhere a while ago: a proxy that swallows connections is not waited for again and again. */
export interface RouteMemory {
  /** Puts routes that swallowed a connection within the last minutes behind the others. */
  readonly sort: (routes: readonly Route[]) => readonly Route[];
  readonly noteSwallowed: (route: Route) => void;
}

/** Chromium keeps such a memory, too (net/http/proxy_fallback.h). */
const MEMORY_MS = 5 * 60 * 1000;

/** Makes a memory of nothing. */
export function createRouteMemory(): RouteMemory {
  const swallowedAt = new Map<string, number>();
  const isSwallowing = (route: Route) =>
    performance.now() - (swallowedAt.get(JSON.stringify(route)) ?? Number.NEGATIVE_INFINITY) < MEMORY_MS;
  return {
    sort: (routes) => [
      ...routes.filter((route) => !isSwallowing(route)),
      ...routes.filter((route) => isSwallowing(route)),
    ],
    noteSwallowed: (route) => void swallowedAt.set(JSON.stringify(route), performance.now()),
  };
}
