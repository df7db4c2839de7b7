import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import * as z from 'zod';

/** More than a person would give by hand; the rest is left out. */
const MAX_GIVEN = 1000;
/** Switches whose value is an argument of its own. */
const WITH_VALUE = new Set(['-r', '--require']);

/**
 * Gives the files and folders that a start was given, as absolute paths. `hasAppPath` is a start from the sources, whose
 * first argument is the app itself.
 */
export function toGivenPaths(
  args: readonly string[],
  workingFolder: string,
  hasAppPath: boolean,
): readonly string[] {
  const given: string[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? '';
    if (WITH_VALUE.has(arg)) index += 1;
    else if (arg !== '' && !arg.startsWith('-')) given.push(arg);
  }
  return given
    .slice(hasAppPath ? 1 : 0, MAX_GIVEN)
    .map((path) => resolve(workingFolder, path))
    .filter((path) => existsSync(path));
}

const secondStart = z.object({ givenPaths: z.array(z.string()).max(MAX_GIVEN) });

/** Reads what a second start has sent to the first one; nothing of what is not as it should be. */
export function parseGivenPaths(data: unknown): readonly string[] {
  return secondStart.safeParse(data).data?.givenPaths ?? [];
}

/** Files that were given to a start of the app, until a person has been asked about them. */
export interface GivenFiles {
  /** Takes files in; the person is asked at once if an account is in view. */
  add(paths: readonly string[]): void;
  /** To be told when an account has come into view. */
  noteReady(): void;
}

/** What asking about given files needs. */
export interface GivenFilesParts {
  /** Whether an account is in view. */
  readonly isReady: () => boolean;
  /** Asks whether these are to be uploaded, naming them. */
  readonly ask: (paths: readonly string[]) => Promise<boolean>;
  /** Uploads them as if they had been dropped. */
  readonly upload: (paths: readonly string[]) => Promise<void>;
}

/** Makes it: nothing that was given is sent before a person has said so, as any program can start this one. */
export function createGivenFiles({ isReady, ask, upload }: GivenFilesParts): GivenFiles {
  let waiting: string[] = [];
  let isAsking = false;
  const offer = async () => {
    if (isAsking) return;
    isAsking = true;
    try {
      while (waiting.length > 0 && isReady()) {
        const paths = waiting;
        waiting = [];
        if (await ask(paths)) await upload(paths);
      }
    } finally {
      isAsking = false;
    }
  };
  return {
    add: (paths) => {
      waiting = [...new Set([...waiting, ...paths])].slice(0, MAX_GIVEN);
      void offer();
    },
    noteReady: () => void offer(),
  };
}
