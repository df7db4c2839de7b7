import { readFile } from 'node:fs/promises';
import { join, normalize, sep } from 'node:path';
import { protocol, type Session } from 'electron';
import type { BridgeName } from '#app/contract/bridge.ts';
import { toContentType, toPageHeaders } from './page-headers.ts';

const SCHEME = 'app';

/** The origin of a window's pages. */
export function toAppOrigin(bridge: BridgeName): string {
  return `${SCHEME}://${bridge}`;
}

/** Declares the scheme to Chromium; must be called before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, codeCache: true } },
  ]);
}

/** Serves the compiled window from a folder to one session, under one window's origin only. */
export function serveAppScheme(session: Session, bridge: BridgeName, folder: string): void {
  session.protocol.handle(SCHEME, async (request) => {
    try {
      const url = new URL(request.url);
      const path = normalize(join(folder, decodeURIComponent(url.pathname)));
      const contentType = toContentType(path);
      const isOurs = url.host === bridge && request.method === 'GET' && path.startsWith(folder + sep);
      if (!isOurs || contentType === undefined) return new Response('Not found', { status: 404 });
      return new Response(new Uint8Array(await readFile(path)), { headers: toPageHeaders(contentType) });
    } catch {
      return new Response('Not found', { status: 404 });
    }
  });
}
