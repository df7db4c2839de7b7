import type { KindCount } from './selection.ts';

/** How much of a workspace is used, added up from the listing: the server tells no total. */
export interface WorkspaceUsage {
  readonly fileCount: number;
  readonly sizeBytes: number;
  /** Room of the workspace, in bytes; null without end. */
  readonly quotaBytes: number | null;
  /** The kinds that occur, the one that takes most room first. */
  readonly kinds: readonly KindCount[];
  readonly basis: UsageBasis;
}

/** What a usage is added up from. */
export type UsageBasis =
  /** The whole listing. */
  | 'listing'
  /** What has been read of it: there may be more. */
  | 'partOfListing'
  /** The listing as it was when the app was last open, of which this run's reading has not come to its end. */
  | 'lastTime';
