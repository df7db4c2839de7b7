import { type AppError, AppFailure } from '#app/errors.ts';
import { UploadFailure } from '../file-store/upload-failure.ts';
import type { UploadRequest, UploadResponse } from './file-upload.ts';
import type { SendHttp } from './http.ts';
import { isRefusedByChromium } from './network-errors.ts';
import type { Transport } from './transport.ts';

/** What the app's transport is put together from. */
export interface AppTransportParts {
  /** Chromium's network stack. It has its own authorities and does not know those of `SSL_CERT_FILE`. */
  readonly chromium: Pick<Transport, 'send' | 'sendForContent'>;
  readonly node: Transport;
}

/** The proxy wants a name and a password, or a sign-in of the system's. */
const PROXY_SIGN_IN = 407;

/**
 * Makes the app's transport: all goes over Chromium, but for uploads. A server that Chromium does not trust and Node does
 * is spoken to over Node for everything from then on, and so is one that Chromium refuses otherwise. The contents of one that
 * compresses them although it may not are read over Node, as Chromium ends that. Where a proxy refuses Chromium, Node
 * asks it, too: it is told why.
 */
export function createAppTransport({ chromium, node }: AppTransportParts): Transport {
  const notForChromium = new Set<string>();
  const compressing = new Set<string>();
  const chromiumFirst =
    (first: SendHttp, second: SendHttp, isContent: boolean): SendHttp =>
    async (request) => {
      const { origin } = new URL(request.url);
      if (notForChromium.has(origin) || (isContent && compressing.has(origin))) return second(request);
      try {
        return await first(request);
      } catch (cause) {
        const refusal = cause instanceof AppFailure ? toRefusal(cause, isContent) : null;
        if (!refusal) throw cause;
        const response = await second(request);
        if (refusal === 'server') notForChromium.add(origin);
        if (refusal === 'coding') compressing.add(origin);
        return response;
      }
    };
  return {
    send: chromiumFirst(chromium.send, node.send, false),
    sendForContent: chromiumFirst(chromium.sendForContent, node.sendForContent, true),
    upload: (request) => upload(request, chromium.send, node.upload),
    close: node.close,
  };
}

/**
 * Says what Chromium, or a proxy, did not want; null where a request may not be made again. Of these nothing has come
 * about: it was not sent, or asked for contents.
 */
function toRefusal(failure: AppFailure, isContent: boolean): 'server' | 'proxy' | 'coding' | null {
  const { error } = failure;
  if (isRefusedByChromium(failure)) return 'server';
  if (error.code === 'proxyRefused') return 'proxy';
  return isContent && error.code === 'unexpectedAnswer' && error.detail === 'undecodable' ? 'coding' : null;
}

/** Where an upload does not reach a server that other requests reach, it says that the way of uploads is what is wrong. */
async function upload(
  request: UploadRequest,
  overChromium: SendHttp,
  overNode: Transport['upload'],
): Promise<UploadResponse> {
  try {
    return await overNode(request);
  } catch (cause) {
    const obstacle = cause instanceof UploadFailure ? toObstacle(cause.error) : null;
    if (!obstacle || !(await isAnswered(request, overChromium))) throw cause;
    throw new UploadFailure({ code: 'uploadsBlocked', obstacle }, 'nothing', { cause });
  }
}

function toObstacle(error: AppError): 'certificate' | 'proxySignIn' | null {
  if (error.code === 'untrustedCertificate') return 'certificate';
  return error.code === 'proxyRefused' && error.status === PROXY_SIGN_IN ? 'proxySignIn' : null;
}

/** Asked each time: what was so a moment ago may be otherwise in another network. */
async function isAnswered({ url, headers, upload }: UploadRequest, send: SendHttp): Promise<boolean> {
  try {
    const { body } = await send({ method: 'GET', url, headers, signal: upload.signal });
    body.destroy();
    return true;
  } catch {
    return false;
  }
}
