/** Gives a text without case and accents, as names are searched for. */
export function toFolded(text: string): string {
  const lower = text.toLowerCase();
  // Plain ASCII, the common case, has nothing to take apart.
  return isAscii(lower) ? lower : lower.normalize('NFD').replace(/\p{Mn}/gu, '');
}

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) > 0x7f) return false;
  return true;
}
