import { type AppError, AppFailure } from '#app/errors.ts';
import type { RemoteFile } from '#app/files/remote-file.ts';
import type { FileUpload } from '../file-store/file-upload.ts';
import { type BodyReach, UploadFailure } from '../file-store/upload-failure.ts';
import { isSuccess, readJson, toFile } from './answer.ts';
import type { UploadResponse } from './file-upload.ts';
import { toNetworkError } from './network-errors.ts';
import { isRefusal } from './statuses.ts';
import type { Transport } from './transport.ts';

/**
 * Uploads one file as `POST /files` and gives what the server says it stored. A success that is no proof, as it came
 * before the server could have the file or names another one, is a failure: the file may be there all the same. Throws
 * `UploadFailure` and nothing else.
 */
export async function uploadFile(
  target: { readonly url: string; readonly headers: Readonly<Record<string, string>> },
  upload: FileUpload,
  transport: Pick<Transport, 'upload'>,
  redact: (text: string) => string,
): Promise<RemoteFile> {
  const response = await transport.upload({ url: target.url, headers: target.headers, upload });
  try {
    const file = toFile(await readJson(response, 'upload', redact), response.status);
    const detail = findDoubt(file, upload, response);
    if (detail) throw new AppFailure({ code: 'unexpectedAnswer', status: response.status, detail });
    return file;
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

/** Why an answer does not prove that the file is stored; null when it does. Its size is for the caller to judge. */
function findDoubt(
  file: RemoteFile,
  { fileName }: FileUpload,
  { isEarly }: UploadResponse,
): 'early' | 'otherFile' | null {
  if (isEarly) return 'early';
  // A server may write accents its own way.
  return file.name.normalize('NFC') === fileName.normalize('NFC') ? null : 'otherFile';
}

function toReach({ status, reached }: UploadResponse): BodyReach {
  if (isRefusal(status)) return 'nothing';
  // A success that cannot be read says that there is a file all the same.
  return isSuccess(status) ? 'all' : reached;
}
