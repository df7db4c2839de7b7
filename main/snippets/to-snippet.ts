import { assertNever } from '#app/assert-never.ts';
import { AppFailure } from '#app/errors.ts';
import type { SnippetFormat } from '#app/files/file-details.ts';
import type { RemoteFile } from '#app/files/remote-file.ts';
import { toDistinctLocalNames } from '../transfers/saves/local-name.ts';
import { toCurl } from './curl.ts';
import { toPython } from './python.ts';
import { toTypeScript } from './typescript.ts';

/** One file as a snippet speaks of it. */
export interface SnippetFile {
  /** Needs no quoting and no encoding anywhere. */
  readonly id: string;
  /** The name under which its content is written: safe for a file system, and no other file's of the snippet. */
  readonly localName: string;
  /** Whether the server gives its content back; of others only the description. */
  readonly isSaveable: boolean;
}

/** Files by what a script can do with them. */
export interface SnippetFiles {
  /** Their content is saved. */
  readonly saveable: readonly SnippetFile[];
  /** Their description is shown. */
  readonly others: readonly SnippetFile[];
}

/** An id with anything else in it would be a command, a path or a query of its own. */
const PLAIN_ID = /^[A-Za-z0-9_-]+$/;

/**
 * Writes what a program needs to use files of an account, in one of the forms; at least one file. The key is never part of
 * it: it is read from the environment. Throws `refused` for an id that is not plain.
 */
export function toSnippet(format: SnippetFormat, endpoint: string, files: readonly RemoteFile[]): string {
  if (files.some(({ id }) => !PLAIN_ID.test(id))) throw new AppFailure({ code: 'refused' });
  const localNames = toDistinctLocalNames(
    files.map(({ name }) => name),
    [],
  );
  const snippetFiles = files.map(({ id, name, isSaveable }, index) => {
    return { id, isSaveable, localName: localNames[index] ?? name };
  });
  switch (format) {
    case 'ids':
      return files.map(({ id }) => id).join('\n');
    case 'curl':
      return toCurl(endpoint, snippetFiles);
    case 'typescript':
      return toTypeScript(endpoint, bySaveable(snippetFiles));
    case 'python':
      return toPython(endpoint, bySaveable(snippetFiles));
    case 'messagePart':
      return toMessageParts(snippetFiles);
    default:
      return assertNever(format);
  }
}

function bySaveable(files: readonly SnippetFile[]): SnippetFiles {
  return {
    saveable: files.filter(({ isSaveable }) => isSaveable),
    others: files.filter(({ isSaveable }) => !isSaveable),
  };
}

/**
 * Content parts of a message for chat completions: an object for one file, a list for many. The form is the one for files
 * that were uploaded before, `ChatContentFile` of the official SDK 1.3.19.
 */
function toMessageParts(files: readonly SnippetFile[]): string {
  const parts = files.map(({ id }) => ({ type: 'file', file: { file_id: id } }));
  return JSON.stringify(parts.length === 1 ? parts[0] : parts, null, 2);
}
