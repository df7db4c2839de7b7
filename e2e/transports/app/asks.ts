import { text as readText } from 'node:stream/consumers';
import { type AppError, AppFailure } from '#app/errors.ts';
import type { FileUpload } from '../../../main/file-store/file-upload.ts';
import type { HttpResponse, SendHttp, Timeouts } from '../../../main/openrouter/http.ts';
import { toNetworkError } from '../../../main/openrouter/network-errors.ts';
import type { Transport } from '../../../main/openrouter/transport.ts';

/** What each way through the network of the app is called in the table. */
export type Way = 'requests' | 'contents' | 'uploads';

/** A request to make; an upload sends `hello`. */
export interface Ask {
  readonly way: Way;
  /** Of an upload it is POST, whatever stands here. */
  readonly method: 'GET' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What became of a request. */
export type Outcome =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly text: string;
    }
  /** `hasHead` tells whether it broke after the answer had begun. */
  | { readonly kind: 'failure'; readonly error: AppError; readonly hasHead: boolean };

/** What transports are made with for a test. */
export interface TransportSetup {
  /** A certificate authority to trust, in PEM, besides those that are known anyway. */
  readonly authority: string;
  readonly timeouts: Partial<Timeouts>;
  readonly proxies: ProxySetup;
}

/** As Electron's `session.setProxy` takes it. */
export type ProxySetup =
  | { readonly mode: 'direct' }
  | { readonly proxyRules: string; readonly proxyBypassRules: string }
  | { readonly pacScript: string };

const UPLOADED = Buffer.from('hello');

/** Makes a request and reads its answer to the end. */
export async function performAsk(
  transport: Pick<Transport, 'send' | 'sendForContent' | 'upload'>,
  ask: Ask,
  signal: AbortSignal,
): Promise<Outcome> {
  let response: HttpResponse;
  try {
    response = await send(transport, ask, signal);
  } catch (cause) {
    if (!(cause instanceof AppFailure)) throw cause;
    return { kind: 'failure', error: cause.error, hasHead: false };
  }
  const { status, headers, body } = response;
  try {
    return { kind: 'answer', status, headers: Object.fromEntries(headers), text: await readText(body) };
  } catch (cause) {
    // An upload's caller tells a cancel by the signal.
    const error = signal.aborted ? { code: 'cancelled' as const } : toNetworkError(cause);
    return { kind: 'failure', error, hasHead: true };
  }
}

function send(
  transport: Pick<Transport, 'send' | 'sendForContent' | 'upload'>,
  { way, method, url, headers }: Ask,
  signal: AbortSignal,
): Promise<HttpResponse> {
  if (way === 'uploads') return transport.upload({ url, headers, upload: toUpload(signal) });
  const ofWay: SendHttp = way === 'contents' ? transport.sendForContent : transport.send;
  const coding = way === 'contents' ? { 'Accept-Encoding': 'identity' } : {};
  return ofWay({ method, url, headers: { ...headers, ...coding }, signal });
}

function toUpload(signal: AbortSignal): FileUpload {
  return {
    file: {
      read: async (buffer, offset, length, position) => ({
        bytesRead: UPLOADED.copy(buffer, offset, position, position + length),
      }),
    },
    fileName: 'hello.txt',
    sizeBytes: UPLOADED.length,
    signal,
    onSent: () => undefined,
    onWaiting: () => undefined,
  };
}
