import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, normalize, sep } from 'node:path';
import { toContentType, toPageHeaders } from '../../main/security/page-headers.ts';

/** Serves the compiled page as the app's own scheme does, with the same headers. */
export interface PageServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts a server of the files in a folder on a free port of this computer. */
export async function servePage(folder: string): Promise<PageServer> {
  const server = createServer(async (request, response) => {
    // What a browser asks for by itself, and the app does not.
    if (request.url === '/favicon.ico') {
      response.writeHead(204).end();
      return;
    }
    const path = normalize(
      join(folder, decodeURIComponent(new URL(request.url ?? '', 'http://page').pathname)),
    );
    const contentType = toContentType(path);
    const content =
      path.startsWith(folder + sep) && contentType !== undefined
        ? await readFile(path).catch(() => null)
        : null;
    if (content === null || contentType === undefined) {
      response.writeHead(404).end();
      return;
    }
    // Names of scripts and styles hold a hash of their content.
    const isNamedByContent = path.includes(`${sep}assets${sep}`);
    response.writeHead(200, {
      ...toPageHeaders(contentType),
      'Cache-Control': isNamedByContent ? 'max-age=3600, immutable' : 'no-store',
    });
    response.end(content);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A listening TCP server's address is never a pipe's name.
  const { port } = server.address() as AddressInfo;
  return {
    // By this name a page is as secure a context as in the app.
    url: `http://localhost:${port}/index.html`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
