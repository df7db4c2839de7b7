/** Takes secrets out of text. */
export interface Redactor {
  /** From now on takes this secret out, wherever it stands. */
  addSecret(secret: string): void;
  redact(text: string): string;
}

const MARK = '[redacted]';
/** Anything of the form of an OpenRouter key, or that an Authorization header would carry, known or not. */
const KEY_SHAPES = [/sk-or-[A-Za-z0-9_-]{8,}/g, /(?<=\bBearer\s)[^\s"',;]+/gi];
/** A shorter "secret" would blank out ordinary words. */
const MIN_SECRET_LENGTH = 4;

/** Makes a redactor that knows the usual forms of a key and no particular one yet. */
export function createRedactor(): Redactor {
  const secrets = new Set<string>();
  return {
    addSecret: (secret) => {
      if (secret.length < MIN_SECRET_LENGTH) return;
      secrets.add(secret);
      secrets.add(encodeURIComponent(secret));
      // In JSON, as it stands in a keychain entry or a logged object.
      secrets.add(JSON.stringify(secret).slice(1, -1));
    },
    redact: (text) => {
      let result = text;
      for (const secret of secrets) result = result.replaceAll(secret, MARK);
      for (const shape of KEY_SHAPES) result = result.replace(shape, MARK);
      return result;
    },
  };
}
