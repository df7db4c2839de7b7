import { ApiError } from './errors.ts';

const MAX_NAME_LENGTH = 255;

// Written again rather than taken from the application: a mistake there must not be believed here.
const FORBIDDEN = new Set('<>:"|?*\\');

/** Throws a 400 when an upload's name breaks the server's rules (contract, section 2; its length is taken in code points). */
export function checkUploadName(name: string): void {
  const { length } = [...name];
  if (length < 1 || length > MAX_NAME_LENGTH) {
    throw new ApiError(400, `Filename must have between 1 and ${MAX_NAME_LENGTH} characters`);
  }
  for (const character of name) {
    if (FORBIDDEN.has(character) || isControl(character)) {
      throw new ApiError(400, 'Filename contains a character that is not allowed');
    }
  }
  for (const segment of name.split('/')) {
    if (segment === '' || segment === '.' || segment === '..') {
      throw new ApiError(400, 'Filename has an empty or relative path segment');
    }
  }
}

function isControl(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x20 || (code >= 0x7f && code <= 0x9f);
}
