import type { Transfer, UploadConcern } from '#app/transfers/transfer.ts';

/** The order in which concerns are told: what could do most harm comes first. */
export const CONCERNS: readonly UploadConcern[] = ['secret', 'hidden', 'leftover'];

/** What a person decides about in one go: a file, all files of a hidden folder, or the rest of a long list. */
export interface ReviewEntry {
  readonly kind: 'file' | 'folder' | 'others';
  /** Of the file or the folder, with the folders that lead there; empty for `others`. */
  readonly name: string;
  readonly ids: readonly string[];
}

/** The entries of one concern. */
export interface ReviewGroup {
  readonly concern: UploadConcern;
  readonly entries: readonly ReviewEntry[];
}

/** A dialog of thousands of lines helps nobody; the rest is one line. */
const MAX_ENTRIES = 200;

/** Gives the uploads that wait because a person may not mean them, as they are listed. */
export function listForReview(transfers: readonly Transfer[]): readonly ReviewGroup[] {
  const byConcern = new Map<UploadConcern, Map<string, GrowingEntry>>();
  for (const transfer of transfers) {
    const concern = findConcern(transfer);
    if (concern === null) continue;
    const entries = byConcern.get(concern) ?? new Map<string, GrowingEntry>();
    byConcern.set(concern, entries);
    addTo(entries, transfer, concern);
  }
  return CONCERNS.flatMap((concern) => {
    const entries = byConcern.get(concern);
    return entries ? [{ concern, entries: shorten([...entries.values()]) }] : [];
  });
}

/** Counts the uploads that wait for such a decision, by their concern. */
export function countConcerns(transfers: readonly Transfer[]): Readonly<Record<UploadConcern, number>> {
  const counts = { secret: 0, hidden: 0, leftover: 0 };
  for (const transfer of transfers) {
    const concern = findConcern(transfer);
    if (concern !== null) counts[concern] += 1;
  }
  return counts;
}

interface GrowingEntry extends ReviewEntry {
  readonly ids: string[];
}

function findConcern({ state, question }: Transfer): UploadConcern | null {
  return state === 'asking' && question?.kind === 'sensitive' ? question.concern : null;
}

function addTo(entries: Map<string, GrowingEntry>, { id, name }: Transfer, concern: UploadConcern): void {
  const folder = concern === 'hidden' ? findHiddenFolder(name) : null;
  // Two files may have one name.
  const key = folder ?? id;
  const before = entries.get(key);
  if (before) before.ids.push(id);
  else entries.set(key, { kind: folder === null ? 'file' : 'folder', name: folder ?? name, ids: [id] });
}

/** Gives the outermost hidden folder that a file is in, with a slash at its end. */
function findHiddenFolder(name: string): string | null {
  const folders = name.split('/').slice(0, -1);
  const index = folders.findIndex((folder) => folder.startsWith('.'));
  return index === -1 ? null : `${folders.slice(0, index + 1).join('/')}/`;
}

function shorten(entries: readonly ReviewEntry[]): readonly ReviewEntry[] {
  if (entries.length <= MAX_ENTRIES) return entries;
  const others = entries.slice(MAX_ENTRIES).flatMap(({ ids }) => ids);
  return [...entries.slice(0, MAX_ENTRIES), { kind: 'others', name: '', ids: others }];
}
