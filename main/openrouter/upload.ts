import type { RemoteFile } from '#app/files/remote-file.ts';
import { isSuccess, readJson, toFile } from './answer.ts';
import type { FileUpload, UploadResponse } from './file-upload.ts';
import { toNetworkError } from './network-errors.ts';
import type { Transport } from './transport.ts';
import { type BodyReach, UploadFailure } from './upload-failure.ts';

/** Refusals before anything was stored (contract, section 3), and redirects that ask for the same request elsewhere. */
const PLAIN_REFUSALS: ReadonlySet<number> = new Set([307, 308, 400, 401, 402, 403, 404, 413, 415, 429]);

/** Uploads one file as `POST /files` and gives what the server says it stored. Throws `UploadFailure` and nothing else. */
export async function uploadFile(
  target: { readonly url: string; readonly headers: Readonly<Record<string, string>> },
  upload: FileUpload,
  transport: Pick<Transport, 'upload'>,
  redact: (text: string) => string,
): Promise<RemoteFile> {
  const response = await transport.upload({ url: target.url, headers: target.headers, upload });
  try {
    return toFile(await readJson(response, 'upload', redact), response.status);
  } catch (cause) {
    const error = upload.signal.aborted ? { code: 'cancelled' as const } : toNetworkError(cause);
    throw new UploadFailure(error, toReach(response), { cause });
  }
}

function toReach({ status, reached }: UploadResponse): BodyReach {
  if (PLAIN_REFUSALS.has(status)) return 'nothing';
  // A success that cannot be read says that there is a file all the same.
  return isSuccess(status) ? 'all' : reached;
}
