import type { Agent } from 'node:http';
import type { SecureContext } from 'node:tls';
import { AppFailure } from '#app/errors.ts';
import { createTrust, type ReadAuthorities, readSystemAuthorities } from './certificate-authorities.ts';
import { openConnection } from './connect.ts';
import type { FileUpload, UploadRequest, UploadResponse, UploadTimeouts } from './file-upload.ts';
import { toNetworkError } from './network-errors.ts';
import { createProxyMemory, type ProxyMemory } from './proxy-memory.ts';
import { parseProxyList } from './proxy-routes.ts';
import { MAX_PIECE_BYTES } from './send-body.ts';
import { sendUpload } from './send-upload.ts';
import { parseTarget, type RequestTarget } from './target.ts';
import { closeIdle, createUploadAgent, type OpenSocket } from './upload-agent.ts';
import { UploadFailure } from './upload-failure.ts';

/** The way that uploads take; it keeps connections open between them. */
export interface UploadTransport {
  /** Answers when the head of a response is there. Throws `UploadFailure` and nothing else. */
  readonly send: (upload: UploadRequest) => Promise<UploadResponse>;
  /** Closes every connection, those in use too. */
  readonly close: () => void;
}

/** What a transport is made of; everything has a default. */
export interface UploadTransportParts {
  /** Gives a URL's proxies as a PAC script does; without it there are none. */
  readonly resolveProxy?: (url: string) => Promise<string>;
  /** Authorities to trust besides the bundled ones; the system's unless told. */
  readonly readAuthorities?: ReadAuthorities;
  readonly timeouts?: Partial<UploadTimeouts>;
}

/**
 * Of each upload while there are several. Four of them beside four saves keep others waiting for 10 ms (99th percentile)
 * with this, for up to 13 with the largest pieces; an upload that is alone takes a third longer with these.
 */
const SHARED_PIECE_BYTES = 128 * 1024;

const DEFAULT_TIMEOUTS: UploadTimeouts = {
  connectMs: 30_000,
  stallMs: 60_000,
  answerMs: 300_000,
  // Servers that say nothing of it often close after 5 s (Node's default, and Apache's).
  idleMs: 4000,
};

/** Makes a transport over `node:http(s)`; nothing is read or sent before the first upload. */
export function createUploadTransport(parts: UploadTransportParts = {}): UploadTransport {
  const { readAuthorities = readSystemAuthorities } = parts;
  const proxyMemory = createProxyMemory(parts.resolveProxy ?? (async () => 'DIRECT'));
  const timeouts = { ...DEFAULT_TIMEOUTS, ...parts.timeouts };
  // A connection through one proxy must not serve an upload that is to go through another.
  const agents = new Map<string, Agent>();
  let trust: Promise<SecureContext> | undefined;
  const loadTrust = () => {
    trust ??= createTrust(readAuthorities);
    return trust;
  };

  const findAgent = ({ isSecure, authority }: RequestTarget, proxies: string): Agent => {
    const key = `${isSecure} ${authority} ${proxies}`;
    const agent = agents.get(key) ?? createUploadAgent(isSecure, timeouts.idleMs);
    agents.set(key, agent);
    return agent;
  };
  let sending = 0;
  const pieceBytes = () => (sending > 1 ? SHARED_PIECE_BYTES : MAX_PIECE_BYTES);
  /** Nearly always the same as for the upload before. */
  let target: RequestTarget | undefined;
  const findTarget = (url: string): RequestTarget => {
    if (target?.url !== url) target = parseTarget(url);
    return target;
  };

  return {
    send: async (request) => {
      const { signal, onRead } = request.upload;
      const leadsTo = findTarget(request.url);
      const proxies =
        proxyMemory.recall(request.url) ?? (await findProxies(request.url, signal, proxyMemory));
      const agent = findAgent(leadsTo, proxies);
      const openSocket: OpenSocket = () =>
        openConnection(
          leadsTo,
          parseProxyList(proxies),
          { trust: loadTrust, timeoutMs: timeouts.connectMs },
          signal,
        );
      const tellRead = tellOnce(onRead);
      const attempt = async () => {
        sending += 1;
        try {
          const parts = { target: leadsTo, agent, openSocket, timeouts, tellRead, pieceBytes };
          return await sendUpload(request, parts);
        } finally {
          sending -= 1;
        }
      };
      const first = await attempt();
      if (first !== 'stale') return first;
      // What else is idle may be as stale, and the second attempt shall have a fresh connection.
      closeIdle(agent);
      const second = await attempt();
      if (second === 'stale') throw new UploadFailure({ code: 'connectionLost' }, 'part');
      return second;
    },
    close: () => {
      for (const agent of agents.values()) agent.destroy();
    },
  };
}

/** Asks unless the upload is cancelled first; what the system then still says is remembered all the same. */
async function findProxies(url: string, signal: AbortSignal, { ask }: ProxyMemory): Promise<string> {
  let cancel: () => void = () => undefined;
  const cancelled = new Promise<never>((_resolve, reject) => {
    cancel = () => reject(new AppFailure({ code: 'cancelled' }));
  });
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  try {
    return await Promise.race([cancelled, ask(url)]);
  } catch (cause) {
    throw new UploadFailure(toNetworkError(cause), 'nothing', { cause });
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

/** Tells of each byte once, although a second attempt reads the file from its start. */
function tellOnce(onRead: FileUpload['onRead']): (bytes: Uint8Array, offset: number) => void {
  let toldBytes = 0;
  return (bytes, offset) => {
    const end = offset + bytes.byteLength;
    if (end <= toldBytes) return;
    onRead?.(bytes.subarray(toldBytes - offset));
    toldBytes = end;
  };
}
