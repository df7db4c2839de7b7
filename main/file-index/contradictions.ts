import { AppFailure } from '#app/errors.ts';
import type { RemoteFile } from '#app/files/remote-file.ts';
import { forEachAtOnce } from '../engine/for-each-at-once.ts';

/** Asks for one file; fails with `notFound` when it is gone. */
export type ReadFile = (id: string, signal: AbortSignal) => Promise<RemoteFile>;

/** What the server says of one file; `unknown` when it could not be asked. */
export type FileAnswer =
  | { readonly kind: 'there'; readonly file: RemoteFile }
  | { readonly kind: 'gone' }
  | { readonly kind: 'unknown' };

/** Files that are asked for at most in one reading. */
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

/**
 * Asks for files of which a listing says otherwise than this app knows, and tells what is known of each: of those behind
 * {@link MAX_ASKED}, and of those behind one that could not be asked for, nothing. After an abort it tells nothing more.
 */
export async function askForFiles(
  readFile: ReadFile,
  ids: readonly string[],
  signal: AbortSignal,
  onAnswer: (id: string, answer: FileAnswer) => void,
): Promise<void> {
  let askedCount = 0;
  let canAsk = true;
  await forEachAtOnce(CONCURRENCY, ids, async (id) => {
    if (signal.aborted) return;
    askedCount += 1;
    const isAsked = canAsk && askedCount <= MAX_ASKED;
    const answer = isAsked ? await askForFile(readFile, id, signal) : UNKNOWN;
    if (signal.aborted) return;
    // What stands in the way of one would hold the reading up with each of them.
    if (answer.kind === 'unknown') canAsk = false;
    onAnswer(id, answer);
  });
}

const UNKNOWN: FileAnswer = { kind: 'unknown' };
