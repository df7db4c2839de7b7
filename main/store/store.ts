/** What a job does; each kind reads the states and details of its own. */
export type JobKind = 'deletion';

/** Items of a job that are in one state. */
export interface ItemGroup {
  readonly state: string;
  /** Anything that JSON can hold; null when there is nothing to say. */
  readonly detail: unknown;
  readonly ids: readonly string[];
}

/** A piece of work that outlasts the app, as its last change has left it. */
export interface StoredJob {
  readonly id: string;
  readonly state: string;
  /** Anything that JSON can hold. */
  readonly detail: unknown;
  /** In the order in which they were put, as far as one state and detail goes. */
  readonly items: readonly ItemGroup[];
  /** Whether it was read from a damaged file: parts of it may be missing. */
  readonly isDamaged: boolean;
}

/** How a file on the server and this computer have met. */
export type HistoryKind = 'upload' | 'download';

/** The last time that a file was uploaded from this computer, or downloaded to it. */
export interface HistoryEntry {
  readonly kind: HistoryKind;
  readonly fileId: string;
  /** Anything that JSON can hold. */
  readonly detail: unknown;
}

/** One step of a commit. */
export type StoreChange =
  /** Puts a job in the place of the one with its id, whose items stay; a new one comes after all others. */
  | {
      readonly op: 'putJob';
      readonly locationId: string;
      readonly kind: JobKind;
      readonly id: string;
      readonly state: string;
      readonly detail: unknown;
    }
  /** Changes the state of a job, if there is one. It takes no room that the job does not have. */
  | { readonly op: 'setJobState'; readonly id: string; readonly state: string }
  | { readonly op: 'removeJob'; readonly id: string }
  /** Puts items of a job in the place of those with their ids; none if there is no such job. */
  | ({ readonly op: 'putItems'; readonly jobId: string } & ItemGroup)
  | { readonly op: 'removeItems'; readonly jobId: string }
  /** Puts an entry of a location's history in the place of the one of its file and kind, and behind all others. */
  | ({ readonly op: 'putHistory'; readonly locationId: string } & HistoryEntry)
  | {
      readonly op: 'removeHistory';
      readonly locationId: string;
      readonly kind: HistoryKind;
      readonly fileIds: readonly string[];
    }
  /** Notes that a file of an earlier version, by the hash of its name and content, has been taken over. */
  | { readonly op: 'noteImport'; readonly hash: string };

/** In which condition a store was found. `unreadable` keeps nothing: it gives no jobs, and refuses each commit. */
export type StoreCondition = 'whole' | 'damaged' | 'unreadable';

/** All that must outlast a crash. Commits take effect in the order of their calls. */
export interface Store {
  readonly condition: StoreCondition;
  /** Gives the jobs of a location, oldest first, as the last commit that has settled left them or a later one. */
  readJobs(locationId: string, kind: JobKind): Promise<readonly StoredJob[]>;
  /** Gives the history of a location, oldest first, in parts that each leave main time for others. */
  readHistory(locationId: string, onPart: (entries: readonly HistoryEntry[]) => void): Promise<void>;
  hasImported(hash: string): Promise<boolean>;
  /**
   * Settles when all of these changes outlast a power cut. Commits of one time share a transaction; one that fails fails
   * alone. Throws `journalUnwritable`: none of the changes holds in this run, but they may be found after a crash.
   */
  commit(changes: readonly StoreChange[]): Promise<void>;
  /** The same where the disk is full, in room that is kept back for it: for a few changes of state that end something. */
  commitFromReserve(changes: readonly StoreChange[]): Promise<void>;
  /** Waits for the commits so far. */
  close(): Promise<void>;
}
