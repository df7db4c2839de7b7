import type { AppError } from '#app/errors.ts';
import type { RemoteFile } from '#app/files/remote-file.ts';
import { isSuccess, readJson, toFile } from './answer.ts';
import type { FileUpload, UploadResponse } from './file-upload.ts';
import { toNetworkError } from './network-errors.ts';
import { isRefusal } from './statuses.ts';
import type { Transport } from './transport.ts';
import { type BodyReach, UploadFailure } from './upload-failure.ts';

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
    const error = upload.signal.aborted ? { code: 'cancelled' as const } : toUploadError(cause, upload);
    throw new UploadFailure(error, toReach(response), { cause });
  }
}

function toUploadError(cause: unknown, { sizeBytes }: FileUpload): AppError {
  const error = toNetworkError(cause);
  // A proxy on the way may take less than the server does: the words go by the size.
  return error.code === 'fileTooLarge' ? { ...error, sizeBytes } : error;
}

function toReach({ status, reached }: UploadResponse): BodyReach {
  if (isRefusal(status)) return 'nothing';
  // A success that cannot be read says that there is a file all the same.
  return isSuccess(status) ? 'all' : reached;
}
