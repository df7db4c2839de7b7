import type { Transfer } from '#app/transfers/transfer.ts';
import { isFinished } from '#app/transfers/transfer-states.ts';
import type { RecordedTransfer } from './journal-watch.ts';

/** A file that was to be uploaded or saved. */
export interface WantedFile {
  readonly direction: 'upload' | 'save';
  readonly name: string;
  readonly sizeBytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
  /** Of the file that the person has agreed to replace by it. */
  readonly replacedSha256: string | null;
}

/** A file that is there, on the server or on this computer. */
export interface FoundFile {
  readonly name: string;
  readonly sha256: string | null;
}

/** All that is known of a crash from outside. */
export interface CrashFacts {
  readonly wanted: readonly WantedFile[];
  /** What the app's record on disk said when it was dead, for the last time. */
  readonly recorded: readonly RecordedTransfer[];
  /** What was in the folder for saves then. */
  readonly onDiskAtKill: readonly FoundFile[];
  /** What the app shows when it has come to rest. */
  readonly shown: readonly Transfer[];
  /** What is on the server then, without what was there before the app. */
  readonly onServer: readonly FoundFile[];
  readonly onDisk: readonly FoundFile[];
  /** Where a transfer may end. */
  readonly ends: readonly string[];
}

/** What a crash has done that must never be, each in words. */
export interface Verdict {
  /** Neither there nor listed; or called done and not there. */
  readonly lost: readonly string[];
  /** There more than once. */
  readonly duplicated: readonly string[];
  /** Not whole under a final name, or a temporary file that was left. */
  readonly partial: readonly string[];
  /** All else: a finished transfer that changed, an end that was not to be. */
  readonly wrong: readonly string[];
}

/** Judges a crash. */
export function judgeCrash(facts: CrashFacts): Verdict {
  return {
    lost: facts.wanted.flatMap((file) => findLoss(file, facts)),
    duplicated: findDuplicates(facts),
    partial: findPartial(facts),
    wrong: [...findWrongEnds(facts), ...findUnfinished(facts)],
  };
}

/** A file of which nothing was on disk when the app died was never promised. */
function findLoss(file: WantedFile, facts: CrashFacts): readonly string[] {
  if (!facts.recorded.some(({ name }) => name === file.name)) return [];
  const isThere = facts[file.direction === 'upload' ? 'onServer' : 'onDisk'].some(
    ({ name, sha256 }) => name === file.name && sha256 === file.sha256,
  );
  const transfer = facts.shown.find(({ name }) => name === file.name);
  if (transfer?.state === 'done' && !isThere) return [`${file.name} is called done, and is not there`];
  return transfer || isThere ? [] : [`${file.name} is neither there nor listed`];
}

function findDuplicates({ wanted, onServer, onDisk, shown }: CrashFacts): readonly string[] {
  const uploads = wanted.filter(({ direction }) => direction === 'upload');
  const saves = new Set(wanted.filter(({ direction }) => direction === 'save').map(({ name }) => name));
  return [
    ...uploads
      .map(({ name }) => ({ name, count: onServer.filter((file) => file.name === name).length }))
      .filter(({ count }) => count > 1)
      .map(({ name, count }) => `${name} is on the server ${count} times`),
    ...onDisk
      .filter(({ name }) => !saves.has(name) && !isTemporary(name))
      .map(({ name }) => `${name} was saved besides`),
    ...wanted
      .filter((file) => shown.filter(({ name }) => name === file.name).length > 1)
      .map(({ name }) => `${name} is listed more than once`),
  ];
}

function findPartial({ wanted, onServer, onDisk, onDiskAtKill }: CrashFacts): readonly string[] {
  const isWhole = (found: FoundFile) =>
    wanted.some(
      ({ name, sha256, replacedSha256 }) =>
        name === found.name && (found.sha256 === sha256 || found.sha256 === replacedSha256),
    );
  return [
    ...onServer.filter((found) => !isWhole(found)).map(({ name }) => `${name} on the server is not the file`),
    ...onDiskAtKill
      .filter((found) => !isTemporary(found.name) && !isWhole(found))
      .map(({ name }) => `${name} was not whole when the app died`),
    ...onDisk.filter(({ name }) => isTemporary(name)).map(({ name }) => `${name} was left`),
    ...onDisk
      .filter((found) => !isTemporary(found.name) && !isWhole(found))
      .map(({ name }) => `${name} is not whole`),
  ];
}

function findWrongEnds({ shown, ends, onServer }: CrashFacts): readonly string[] {
  return shown.flatMap(({ name, direction, state, error }) => {
    const isThere = onServer.some((file) => file.name === name);
    if (!ends.includes(state)) return [`${name} is ${state} (${error?.code ?? 'no cause'})`];
    if ((state === 'failed' || state === 'unknown') && !error) return [`${name} is ${state} without a cause`];
    const isDenied = direction === 'upload' && isThere && state !== 'done' && state !== 'unknown';
    return isDenied ? [`${name} is ${state}, and on the server`] : [];
  });
}

/** What was finished stays as it was. */
function findUnfinished({ recorded, shown }: CrashFacts): readonly string[] {
  return recorded
    .filter(({ state }) => isFinished(state))
    .flatMap(({ id, name, state, fileId }) => {
      const now = shown.find((transfer) => transfer.id === id);
      if (now?.state === state && now.fileId === fileId) return [];
      return [`${name} was ${state} and is ${now?.state ?? 'no longer listed'}`];
    });
}

function isTemporary(name: string): boolean {
  return name.startsWith('.openrouter-');
}
