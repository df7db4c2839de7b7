import type { KeyProblem } from '../errors.ts';
import { MAX_KEY_LENGTH } from '../limits.ts';

const WRAPPERS = '"\'`\u201C\u201D\u201E\u2018\u2019\u00AB\u00BB<>';
const WRAPPERS_BEFORE = new RegExp(`^[${WRAPPERS}\\s]+`, 'u');
const WRAPPERS_AFTER = new RegExp(`[${WRAPPERS}\\s,;]+$`, 'u');

/** What stands before the value in a shell, a `.env` file, JSON or a header; each may come in front of another. */
const PREFIXES: readonly RegExp[] = [
  /^(?:export|set|setx|declare -x|const|let|var|-H|--header)\s+/iu,
  /^(?:[\w$.:-]*(?:api[_-]?key|_base_url)|authorization)["']?(?:\s*[:=]\s*|\s+(?=["'\u201C\u2018]))/iu,
  /^bearer(?:\s+|\s*:\s*)/iu,
];

/** Where the next variable of a `.env` file begins, once its line breaks have become spaces. */
const NEXT_VARIABLE = /\s+(?:export\s+)?["']?[A-Za-z_]\w*["']?\s*[:=].*$/u;

/** What is longer holds no key that could be told; looking through all of it would block the window. */
const MAX_PASTED_LENGTH = 16_384;

/** A variable among others, as when all of a `.env` file was copied. */
const KEY_VARIABLE = /^.*?(?:^|[\s"'{:$])(?=OPENROUTER_API_KEY["']?\s*[:=])/u;

/**
 * Gives the API key within pasted text: without quotes, commas, characters that cannot be seen, and whatever else was
 * copied along with it, such as `Bearer` or `export OPENROUTER_API_KEY=`. Line breaks within a key of OpenRouter's form
 * go, too: terminals and mail wrap it.
 */
export function toPastedKey(text: string): string {
  const first = unwrap(toVisibleLine(text).replace(KEY_VARIABLE, ''));
  const key = unwrap(first.replace(NEXT_VARIABLE, ''));
  return key.startsWith('sk-') ? key.replaceAll(' ', '') : key;
}

/** Gives the address within pasted text, in the same way. */
export function toPastedAddress(text: string): string {
  return unwrap(toVisibleLine(text));
}

/** Says why a text cannot be a key; null when it can. A header carries visible ASCII only. */
export function findKeyProblem(key: string): KeyProblem | null {
  if (key === '') return 'empty';
  if (key.length > MAX_KEY_LENGTH) return 'tooLong';
  return /^[\u0021-\u007e]+$/.test(key) ? null : 'forbiddenCharacter';
}

/** Without format and control characters, such as zero-width spaces and the byte order mark; each gap is one space. */
function toVisibleLine(text: string): string {
  return text
    .slice(0, MAX_PASTED_LENGTH)
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/gu, ' ')
    .replace(/\p{Cc}/gu, '')
    .trim();
}

function unwrap(text: string): string {
  let rest = text;
  let previous: string;
  do {
    previous = rest;
    rest = rest.replace(WRAPPERS_BEFORE, '').replace(WRAPPERS_AFTER, '');
    for (const prefix of PREFIXES) rest = rest.replace(prefix, '');
  } while (rest !== previous);
  return rest;
}
