import { AppFailure } from '#app/errors.ts';
import { hashFile } from './hash.ts';
import type { SourceFile } from './source-file.ts';

/** A file that is touched each time while it is read is being written to. */
const MAX_READINGS = 3;

/**
 * Opens and reads a file once more and compares its content with a SHA-256 in lower-case hexadecimal; answers when that file was
 * last written to, in milliseconds since the epoch. Throws the AppFailures fileChanged, fileMissing, fileUnreadable and
 * cancelled.
 */
export async function confirmContent(
  open: () => Promise<SourceFile>,
  sha256: string,
  signal: AbortSignal,
): Promise<{ readonly modifiedAt: number }> {
  for (let readings = 0; readings < MAX_READINGS; readings += 1) {
    const { file, sizeBytes, modifiedAt, findChange } = await open();
    try {
      if ((await hashFile(file, sizeBytes, signal)) !== sha256) break;
      // Of a file that is written to while it is read half may be old.
      if ((await findChange()) === 'none') return { modifiedAt };
    } finally {
      file.close();
    }
  }
  throw new AppFailure({ code: 'fileChanged' });
}
