import type { Agent } from 'node:http';
import { AppFailure } from '#app/errors.ts';
import type { FileUpload } from '../file-store/file-upload.ts';
import { UploadFailure } from '../file-store/upload-failure.ts';
import { closeIdle } from './agent.ts';
import { type ReadAuthorities, readSystemAuthorities } from './certificate-authorities.ts';
import { createConnections } from './connections.ts';
import type { UploadRequest, UploadResponse } from './file-upload.ts';
import { DEFAULT_TIMEOUTS, type SendHttp, type Timeouts } from './http.ts';
import { toNetworkFailure } from './network-errors.ts';
import { MAX_PIECE_BYTES } from './send-body.ts';
import { sendRequest } from './send-request.ts';
import { sendUpload } from './send-upload.ts';

/** The way that all requests take; it keeps connections open between them. */
export interface Transport {
  readonly send: SendHttp;
  /** The same for the content of a file, which may take as long as it likes. */
  readonly sendForContent: SendHttp;
  /** Answers when the head of a response is there. Throws `UploadFailure` and nothing else. */
  readonly upload: (upload: UploadRequest) => Promise<UploadResponse>;
  /** Closes every connection, those in use too. */
  readonly close: () => void;
}

/** What a transport is made of; everything has a default. */
export interface TransportParts {
  /** Gives a URL's proxies as a PAC script does; without it there are none. */
  readonly resolveProxy?: (url: string) => Promise<string>;
  /** Authorities to trust besides the bundled ones; the system's unless told. */
  readonly readAuthorities?: ReadAuthorities;
  readonly timeouts?: Partial<Timeouts>;
}

/**
 * Of each upload while there are several. Four of them beside four saves keep others waiting for 10 ms (99th percentile)
 * with this, for up to 13 with the largest pieces; an upload that is alone takes a third longer with these.
 */
const SHARED_PIECE_BYTES = 128 * 1024;

/** Makes a transport over `node:http(s)`; nothing is read or sent before the first request. */
export function createTransport(parts: TransportParts = {}): Transport {
  const timeouts = { ...DEFAULT_TIMEOUTS, ...parts.timeouts };
  const connections = createConnections({
    resolveProxy: parts.resolveProxy ?? (async () => 'DIRECT'),
    readAuthorities: parts.readAuthorities ?? readSystemAuthorities,
    ...timeouts,
  });
  let isClosed = false;
  let uploading = 0;
  const pieceBytes = () => (uploading > 1 ? SHARED_PIECE_BYTES : MAX_PIECE_BYTES);
  /** Sends once more, on a fresh connection, what met one that the server had closed while it was idle. */
  const retryStale = async <Answer>(agent: Agent, send: () => Promise<Answer | 'stale'>) => {
    const answer = await send();
    if (answer !== 'stale' || isClosed) return answer;
    // What else is idle may be as stale.
    closeIdle(agent);
    return send();
  };
  const createSend =
    (isContent: boolean): SendHttp =>
    async (request) => {
      const way = await connections.find(request.url, 'request', request.signal);
      const answer = await retryStale(way.agent, () => sendRequest(request, way, timeouts, isContent));
      if (answer === 'stale') throw new AppFailure({ code: 'connectionLost' });
      return answer;
    };
  return {
    send: createSend(false),
    sendForContent: createSend(true),
    upload: async (request) => {
      const { signal, onRead } = request.upload;
      const way = await connections.find(request.url, 'upload', signal).catch((cause: unknown) => {
        throw new UploadFailure(toNetworkFailure(cause).error, 'nothing', { cause });
      });
      const tellRead = tellOnce(onRead);
      uploading += 1;
      try {
        const parts = { way, timeouts, tellRead, pieceBytes };
        const answer = await retryStale(way.agent, () => sendUpload(request, parts));
        if (answer === 'stale') throw new UploadFailure({ code: 'connectionLost' }, 'part');
        return answer;
      } finally {
        uploading -= 1;
      }
    },
    close: () => {
      isClosed = true;
      connections.close();
    },
  };
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
