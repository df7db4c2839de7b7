import { AppFailure } from '#app/errors.ts';
import type { RemoteFile } from '#app/files/remote-file.ts';
import type { FileStore } from '../../file-store/file-store.ts';
import { UploadFailure } from '../../file-store/upload-failure.ts';

/** Asks the server for a file that it says it stored. Throws `UploadFailure` unless it has it, under that name and with that size. */
export async function verifyStored(
  file: RemoteFile,
  readFile: FileStore['readFile'],
  signal: AbortSignal,
): Promise<void> {
  const found = await readFile(file.id, signal).catch((cause: unknown) => {
    if (!(cause instanceof AppFailure)) throw cause;
    if (cause.error.code === 'notFound') throw toUnproven('notStored');
    throw new UploadFailure(cause.error, 'all', { cause });
  });
  if (found.sizeBytes !== file.sizeBytes || toComposed(found) !== toComposed(file)) {
    throw toUnproven('otherFile');
  }
}

/** The failure of an upload whose answer is no proof that the server has the file: it is looked for before anything else. */
export function toUnproven(detail: 'otherFile' | 'notStored'): UploadFailure {
  return new UploadFailure({ code: 'unexpectedAnswer', status: 200, detail }, 'all');
}

function toComposed({ name }: RemoteFile): string {
  return name.normalize('NFC');
}
