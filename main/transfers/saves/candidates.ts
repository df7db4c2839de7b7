import { basename, dirname, join } from 'node:path';
import { MAX_NAME_BYTES, toLocalName, toNumberedName } from './local-name.ts';

/** How many names are tried: the target's own, then numbered ones. */
export const MAX_CANDIDATES = 1000;

/**
 * In which forms a name is tried on a disk that does not take it, one after the other: as it was chosen, without what
 * some file systems forbid, then shorter, as eCryptfs takes 143 bytes and others less.
 */
export const NAME_FORMS = ['chosen', 'cleaned', 'short', 'shortest'] as const;

/** One of {@link NAME_FORMS}. */
export type NameForm = (typeof NAME_FORMS)[number];

const FORM_BYTES: Readonly<Record<NameForm, number>> = {
  chosen: MAX_NAME_BYTES,
  cleaned: MAX_NAME_BYTES,
  short: 140,
  shortest: 60,
};

/** Gives a path that a save may end under: the target's own for 0, else with a number in its name. */
export function toCandidatePath(targetPath: string, number: number, form: NameForm = 'chosen'): string {
  if (form === 'chosen' && number === 0) return targetPath;
  const name = form === 'chosen' ? basename(targetPath) : toLocalName(basename(targetPath));
  return join(dirname(targetPath), toNumberedName(name, number, FORM_BYTES[form]));
}

/** Gives all that a save may have ended under, or have tried, each once. */
export function* listCandidatePaths(targetPath: string): Iterable<string> {
  const seen = new Set<string>();
  for (const form of NAME_FORMS) {
    if (isAsChosen(basename(targetPath), form)) continue;
    for (let number = 0; number < MAX_CANDIDATES; number += 1) {
      const path = toCandidatePath(targetPath, number, form);
      if (!seen.has(path)) yield path;
      seen.add(path);
    }
  }
}

/** Whether a form of a name is the one before it, with every number: most names are clean and short. */
function isAsChosen(name: string, form: NameForm): boolean {
  if (form === 'chosen' || toLocalName(name) !== name) return false;
  return Buffer.byteLength(name) + ` (${MAX_CANDIDATES})`.length <= FORM_BYTES[form];
}
