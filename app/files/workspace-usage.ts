import type { KindCount } from './selection.ts';

/** How much of a workspace is used, added up from the listing: the server tells no total. */
export interface WorkspaceUsage {
  readonly fileCount: number;
  readonly sizeBytes: number;
  /** Room of the workspace, in bytes. */
  readonly quotaBytes: number;
  /** The kinds that occur, the one that takes most room first. */
  readonly kinds: readonly KindCount[];
  /** Whether the listing has been read to its end: else there may be more. */
  readonly isComplete: boolean;
}
