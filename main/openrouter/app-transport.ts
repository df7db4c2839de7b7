import { type AppError, AppFailure } from '#app/errors.ts';
import type { UploadRequest, UploadResponse } from './file-upload.ts';
import type { SendHttp } from './http.ts';
import type { Transport } from './transport.ts';
import { UploadFailure } from './upload-failure.ts';

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
 * is spoken to over Node for everything from then on; so are the contents of one that compresses them although it may
 * not, which Chromium ends. Where a proxy refuses Chromium, Node asks it, too, as it is told why.
 */
export function createAppTransport({ chromium, node }: AppTransportParts): Transport {
  const trustedByNode = new Set<string>();
  const compressing = new Set<string>();
  const noteAnswered = (origin: string, { code }: AppError) => {
    if (code === 'untrustedCertificate') trustedByNode.add(origin);
    if (code === 'unexpectedAnswer') compressing.add(origin);
  };
  const chromiumFirst =
    (first: SendHttp, second: SendHttp, isContent: boolean): SendHttp =>
    async (request) => {
      const { origin } = new URL(request.url);
      if (trustedByNode.has(origin) || (isContent && compressing.has(origin))) return second(request);
      try {
        return await first(request);
      } catch (cause) {
        if (!(cause instanceof AppFailure) || !isForNode(cause.error, isContent)) throw cause;
        const response = await second(request);
        noteAnswered(origin, cause.error);
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

/** Of these nothing has come about: the request was not sent, or asked for contents. */
function isForNode(error: AppError, isContent: boolean): boolean {
  if (error.code === 'unexpectedAnswer') return isContent && error.detail === 'undecodable';
  return error.code === 'untrustedCertificate' || error.code === 'proxyRefused';
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
