import type { NameProblem } from '../errors.ts';
import { MAX_FILE_NAME_LENGTH } from '../limits.ts';

// Source of the rules: contract, section 2, POST /files. Control characters: C0, DEL and C1.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what the rule is about.
const FORBIDDEN_CHARACTERS = /[<>:"|?*\\\u0000-\u001f\u007f-\u009f]/g;

/** Tells which of the server's rules a name breaks, the first in reading order; null when it breaks none. */
export function findNameProblem(name: string): NameProblem | null {
  if (name.length === 0) return 'empty';
  if (name.length > MAX_FILE_NAME_LENGTH) return 'tooLong';
  if (name.search(FORBIDDEN_CHARACTERS) !== -1) return 'forbiddenCharacter';
  if (name.startsWith('/') || name.endsWith('/')) return 'edgeSlash';
  const segments = name.split('/');
  if (segments.some((segment) => segment === '')) return 'emptySegment';
  if (segments.some((segment) => segment === '.' || segment === '..')) return 'dotSegment';
  return null;
}

/** Gives the nearest name that the server takes; the extension and the folders are kept as far as they fit. */
export function suggestUploadName(name: string): string {
  const segments = name
    .replace(FORBIDDEN_CHARACTERS, '_')
    .split('/')
    .filter((segment) => segment !== '' && segment !== '.' && segment !== '..');
  const cleaned = segments.join('/') || 'file';
  return cleaned.length <= MAX_FILE_NAME_LENGTH ? cleaned : shorten(cleaned);
}

function shorten(name: string): string {
  const fileName = name.slice(name.lastIndexOf('/') + 1);
  const dot = fileName.lastIndexOf('.');
  const extension = dot > 0 && fileName.length - dot <= 16 ? fileName.slice(dot) : '';
  const folder =
    name.length - fileName.length < MAX_FILE_NAME_LENGTH / 2 ? name.slice(0, -fileName.length) : '';
  const room = MAX_FILE_NAME_LENGTH - folder.length - extension.length;
  return folder + trimBrokenSurrogate(fileName.slice(0, room)) + extension;
}

/** A cut between the halves of a surrogate pair leaves a character that UTF-8 cannot carry. */
function trimBrokenSurrogate(text: string): string {
  return /[\uD800-\uDBFF]$/.test(text) ? text.slice(0, -1) : text;
}
