/** How long the app waits for a disk, in milliseconds. */
export interface DiskPatience {
  /** A person who waits for an answer of the app gets it without what lies on the disk. */
  readonly answerMs: number;
  /** A call that has not returned is told of. */
  readonly tellMs: number;
  /** What ends, or has what can be had later, goes on without the disk. */
  readonly endMs: number;
}

/** What the app's own is. */
export const DISK_PATIENCE: DiskPatience = { answerMs: 3000, tellMs: 5000, endMs: 1000 };
