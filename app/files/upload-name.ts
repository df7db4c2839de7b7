import type { NamePart, NameProblem } from '../errors.ts';
import { MAX_FILE_NAME_LENGTH } from '../limits.ts';

// Source of the rules: contract, section 2, POST /files. Control characters: C0, DEL and C1.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what the rule is about.
const FORBIDDEN_CHARACTERS = /[<>:"|?*\\\u0000-\u001f\u007f-\u009f]/g;

/** An ending longer than this, in characters, is part of the name and may be cut. */
const MAX_EXTENSION_LENGTH = 16;

/** Tells which of the server's rules a name breaks, the first in reading order; null when it breaks none. */
export function findNameProblem(name: string): NameProblem | null {
  if (name.length === 0) return 'empty';
  if (isTooLong(name)) return 'tooLong';
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
  return isTooLong(cleaned) ? shorten(cleaned) : cleaned;
}

/** What a person can rename so that the server takes a name, and how. */
export interface SuggestedRename {
  readonly part: NamePart;
  /** Of the file or the folder alone, as a file manager takes it; the whole name where more than one part changes. */
  readonly suggestedName: string;
}

/** Gives the first part of a name that keeps the server from taking it, as {@link suggestUploadName} changes it. */
export function suggestRename(name: string): SuggestedRename {
  const whole = suggestUploadName(name);
  const before = name.split('/');
  const after = whole.split('/');
  const index = after.findIndex((segment, position) => segment !== before[position]);
  const suggested = after[index];
  // Whoever renames the file alone still has a name that is too long, or an empty folder.
  if (before.length !== after.length || suggested === undefined)
    return { part: 'path', suggestedName: whole };
  return { part: index === after.length - 1 ? 'file' : 'folder', suggestedName: suggested };
}

/** Gives a name that is not taken: the name itself, or with the first free number from 2, as in `a (2).txt`. */
export function toFreeUploadName(name: string, isTaken: (name: string) => boolean): string {
  if (!isTaken(name)) return name;
  const { stem, extension } = splitExtension(name);
  for (let number = 2; ; number += 1) {
    const ending = ` (${number})${extension}`;
    const candidate = cut(stem, MAX_FILE_NAME_LENGTH - countCharacters(ending)) + ending;
    if (!isTaken(candidate)) return candidate;
  }
}

function isTooLong(name: string): boolean {
  // A character has one or two UTF-16 units, so most names need no counting.
  return name.length > MAX_FILE_NAME_LENGTH && countCharacters(name) > MAX_FILE_NAME_LENGTH;
}

function shorten(name: string): string {
  const folders = name.split('/');
  const fileName = folders.pop() ?? '';
  // The nearest folders say most about a file.
  while (countCharacters(toPrefix(folders)) >= MAX_FILE_NAME_LENGTH / 2) folders.shift();
  const prefix = toPrefix(folders);
  const { stem, extension } = splitExtension(fileName);
  return prefix + cut(stem, MAX_FILE_NAME_LENGTH - countCharacters(prefix + extension)) + extension;
}

function toPrefix(folders: readonly string[]): string {
  return folders.map((folder) => `${folder}/`).join('');
}

function splitExtension(name: string): { readonly stem: string; readonly extension: string } {
  const fileStart = name.lastIndexOf('/') + 1;
  const dot = name.lastIndexOf('.');
  const extension = dot > fileStart ? name.slice(dot) : '';
  return countCharacters(extension) <= MAX_EXTENSION_LENGTH
    ? { stem: name.slice(0, name.length - extension.length), extension }
    : { stem: name, extension: '' };
}

/** The server's unit is unpublished; code points are what most servers count, and it has the last word. */
function countCharacters(text: string): number {
  return Array.from(text).length;
}

/** Cuts between characters: half of one cannot be sent as UTF-8. */
function cut(text: string, characters: number): string {
  return text.length <= characters ? text : Array.from(text).slice(0, characters).join('');
}
