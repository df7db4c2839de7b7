import type { AppError } from '../errors.ts';

/** Which files are in view, and whether they can be reached. */
export type Session =
  /** The key is being read from the keychain, which may be waiting for a person to unlock it. */
  | { readonly phase: 'unlocking' }
  | {
      readonly phase: 'ready';
      readonly location: Location;
      /** The window's own view of the location: what is selected and asked about in it is its own. */
      readonly viewId: string;
      readonly lostRecords: readonly LostRecords[];
    }
  /** The keychain did not give the key. */
  | { readonly phase: 'locked'; readonly error: AppError };

/**
 * What the app had on disk and could not read at its start, but for the transfers: unfinished deletions, the history of
 * uploads and saves, which locations there are, what a person chose. The damaged file is kept beside the new one.
 */
export type LostRecords = 'deletions' | 'history' | 'locations' | 'settings';

/** A place that holds files: an account on an endpoint. Enough to name it to a person, nothing secret. */
export interface Location {
  /** Made once; every request and event that is about the location names it. */
  readonly id: string;
  readonly accountId: string;
  /** The name people know it by, such as "OpenRouter" or "localhost:8080". */
  readonly label: string;
  /** The server's own abbreviation of the key, such as "sk-or-v1-au7...890"; null when it gave none. */
  readonly keyLabel: string | null;
  readonly endpoint: string;
  /** Where the key is kept: in the keychain, in memory until the app quits, or in the environment. */
  readonly keyStorage: 'keychain' | 'memory' | 'environment';
}
