import type { Transfer } from '#app/transfers/transfer.ts';
import type { StoredFile } from '../server/store.ts';

/** What became of many uploads, each complaint in words. */
export interface SoakVerdict {
  /** Neither on the server nor listed with a cause; or called done and not there. */
  readonly lost: readonly string[];
  readonly duplicated: readonly string[];
  /** On the server, but not the file. */
  readonly partial: readonly string[];
  /** Called failed although it is there, or with no cause, or not at an end. */
  readonly wrong: readonly string[];
}

/** Judges uploads that are at rest; `hashes` are the files' SHA-256 by name. */
export function judgeSoak(
  hashes: ReadonlyMap<string, string>,
  shown: readonly Transfer[],
  onServer: readonly StoredFile[],
): SoakVerdict {
  const transfers = new Map(shown.map((transfer) => [transfer.name, transfer]));
  const copies = new Map<string, number>();
  for (const { name } of onServer) copies.set(name, (copies.get(name) ?? 0) + 1);
  const names = [...hashes.keys()];
  const isThere = (name: string) => copies.has(name);
  const isListed = (name: string) => {
    const transfer = transfers.get(name);
    return (transfer?.state === 'failed' || transfer?.state === 'unknown') && transfer.error !== null;
  };
  return {
    lost: names.filter((name) => !isThere(name) && !isListed(name)),
    duplicated: names.filter((name) => (copies.get(name) ?? 0) > 1),
    partial: onServer.filter(({ name, sha256 }) => hashes.get(name) !== sha256).map(({ name }) => name),
    wrong: [
      ...shown
        .filter(({ name, state }) => isThere(name) && state !== 'done' && state !== 'unknown')
        .map(({ name, state }) => `${name} is ${state}, and there`),
      ...(shown.length === names.length ? [] : [`${shown.length} listed of ${names.length}`]),
    ],
  };
}
