import { AppFailure } from '#app/errors.ts';
import type { RemoteFile } from '#app/files/remote-file.ts';

/** Asks for one file; fails with `notFound` when it is gone. */
export type ReadFile = (id: string, signal: AbortSignal) => Promise<RemoteFile>;

/** What the server says of one file; `unknown` when it could not be asked. */
export type FileAnswer =
  | { readonly kind: 'there'; readonly file: RemoteFile }
  | { readonly kind: 'gone' }
  | { readonly kind: 'unknown' };

/** Files that are asked for in one reading; of further ones, what this app did counts until the next. */
export const MAX_ASKED = 100;
const CONCURRENCY = 4;

/** Asks the server for one file. Never rejects. */
export async function askForFile(readFile: ReadFile, id: string, signal: AbortSignal): Promise<FileAnswer> {
  try {
    return { kind: 'there', file: await readFile(id, signal) };
  } catch (cause) {
    const isGone = cause instanceof AppFailure && cause.error.code === 'notFound';
    return { kind: isGone ? 'gone' : 'unknown' };
  }
}

/** Asks for files of which a listing says otherwise than this app knows, and tells of each answer. */
export async function askForFiles(
  readFile: ReadFile,
  ids: readonly string[],
  signal: AbortSignal,
  onAnswer: (id: string, answer: FileAnswer) => void,
): Promise<void> {
  const left = ids.slice(0, MAX_ASKED);
  const work = async () => {
    for (let id = left.pop(); id !== undefined; id = left.pop()) {
      const answer = await askForFile(readFile, id, signal);
      if (signal.aborted) return;
      onAnswer(id, answer);
      // What stands in the way of one would hold the reading up with each of them.
      if (answer.kind === 'unknown') left.length = 0;
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
}
