/** The languages that the catalogue is written in; the first is the fallback. */
const CATALOGUE_LANGUAGES = ['en'] as const;

/**
 * Chooses the locale for numbers, dates and plurals: the person's first one in a language of the catalogue, so that a
 * sentence and the figures in it never disagree.
 */
export function chooseLocale(preferred: readonly string[]): string {
  const isKnown = (tag: string) => CATALOGUE_LANGUAGES.some((language) => tag.split('-', 1)[0] === language);
  return preferred.find(isKnown) ?? CATALOGUE_LANGUAGES[0];
}

/** The locale of this window. Unit tests run where there is no `navigator`. */
export const locale: string = chooseLocale(typeof navigator === 'undefined' ? [] : navigator.languages);
