import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { protocol, type Session } from 'electron';
import type { BridgeName } from '#app/contract/bridge.ts';

const SCHEME = 'app';

/** The origin of a window's pages. */
export function toAppOrigin(bridge: BridgeName): string {
  return `${SCHEME}://${bridge}`;
}

/**
 * Nothing but our own files, and no connection at all: the page talks to main only.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

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
      const contentType = CONTENT_TYPES[extname(path)];
      const isOurs = url.host === bridge && request.method === 'GET' && path.startsWith(folder + sep);
      if (!isOurs || contentType === undefined) return new Response('Not found', { status: 404 });
      return new Response(new Uint8Array(await readFile(path)), {
        headers: {
          'Content-Type': contentType,
          'Content-Security-Policy': CONTENT_SECURITY_POLICY,
          'X-Content-Type-Options': 'nosniff',
          'Cross-Origin-Opener-Policy': 'same-origin',
        },
      });
    } catch {
      return new Response('Not found', { status: 404 });
    }
  });
}
