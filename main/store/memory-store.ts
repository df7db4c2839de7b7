import { assertNever } from '#app/assert-never.ts';
import { AppFailure } from '#app/errors.ts';
import type { HistoryEntry, JobKind, Store, StoreChange, StoreCondition, StoredJob } from './store.ts';

/** What becomes of a commit: it is kept, refused, or refused and found after a crash all the same. */
export type CommitOutcome = 'done' | 'refused' | 'refusedButKept';

/** The calls that write. */
export type CommitCall = 'commit' | 'commitFromReserve';

/** A store in memory, for tests. */
export interface MemoryStore extends Store {
  /** What a crash now would leave, for another store to begin with. */
  content(): StoreContent;
}

interface Item {
  readonly state: string;
  readonly detail: unknown;
}

interface Job {
  readonly locationId: string;
  readonly kind: JobKind;
  readonly state: string;
  readonly detail: unknown;
  readonly isDamaged: boolean;
  readonly items: ReadonlyMap<string, Item>;
}

/** What a store holds. */
export interface StoreContent {
  readonly jobs: ReadonlyMap<string, Job>;
  /** By location, kind and file, oldest first. */
  readonly history: ReadonlyMap<string, HistoryEntry & { readonly locationId: string }>;
  readonly imports: ReadonlySet<string>;
}

const EMPTY: StoreContent = { jobs: new Map(), history: new Map(), imports: new Set() };

/** What such a store begins with and how it fares. */
export interface MemoryStoreOptions {
  readonly content?: StoreContent;
  readonly condition?: StoreCondition;
  /** Decides what becomes of a commit, which is late for as long as that takes. */
  readonly decide?: (call: CommitCall) => CommitOutcome | Promise<CommitOutcome>;
}

/** Makes such a store. */
export function createMemoryStore(options: MemoryStoreOptions = {}): MemoryStore {
  const { condition = 'whole', decide = () => 'done' } = options;
  const start = options.content ?? EMPTY;
  /** What this run knows. */
  let live = condition === 'damaged' ? toDamaged(start) : start;
  /** What a crash would leave. */
  let kept = live;
  let last: Promise<void> = Promise.resolve();

  const write = async (call: CommitCall, changes: readonly StoreChange[]) => {
    const outcome = condition === 'unreadable' ? 'refused' : await decide(call);
    if (outcome !== 'refused') kept = changes.reduce(play, kept);
    if (outcome !== 'done') throw new AppFailure({ code: 'journalUnwritable' });
    live = changes.reduce(play, live);
  };
  const commit = (call: CommitCall) => (changes: readonly StoreChange[]) => {
    // As they are now, not as they may be when their turn comes.
    const copy = structuredClone(changes);
    const written = last.then(() => write(call, copy));
    last = written.catch(() => undefined);
    return written;
  };
  return {
    condition,
    content: () => kept,
    readJobs: async (locationId, kind) =>
      [...live.jobs].flatMap(([id, job]) =>
        job.locationId === locationId && job.kind === kind ? [toStoredJob(id, job)] : [],
      ),
    readHistory: async (locationId, onPart) => {
      const entries = [...live.history.values()].filter((entry) => entry.locationId === locationId);
      onPart(entries.map(({ kind, fileId, detail }) => ({ kind, fileId, detail })));
    },
    hasImported: async (hash) => live.imports.has(hash),
    commit: commit('commit'),
    commitFromReserve: commit('commitFromReserve'),
    close: () => last,
  };
}

function toDamaged(content: StoreContent): StoreContent {
  const jobs = [...content.jobs].map(([id, job]) => [id, { ...job, isDamaged: true }] as const);
  return { ...content, jobs: new Map(jobs) };
}

function toStoredJob(id: string, { state, detail, isDamaged, items }: Job): StoredJob {
  const groups = new Map<string, { state: string; detail: unknown; ids: string[] }>();
  for (const [itemId, item] of items) {
    const key = JSON.stringify([item.state, item.detail]);
    const group = groups.get(key) ?? { state: item.state, detail: item.detail, ids: [] };
    group.ids.push(itemId);
    groups.set(key, group);
  }
  return { id, state, detail, isDamaged, items: [...groups.values()] };
}

function play(content: StoreContent, change: StoreChange): StoreContent {
  if (change.op === 'noteImport') {
    return { ...content, imports: new Set([...content.imports, change.hash]) };
  }
  if (change.op === 'putHistory' || change.op === 'removeHistory') {
    const history = new Map(content.history);
    playOnHistory(history, change);
    return { ...content, history };
  }
  const jobs = new Map(content.jobs);
  playOnJobs(jobs, change);
  return { ...content, jobs };
}

function playOnHistory(
  history: Map<string, HistoryEntry & { readonly locationId: string }>,
  change: Extract<StoreChange, { readonly op: 'putHistory' | 'removeHistory' }>,
): void {
  const { locationId, kind } = change;
  const toKey = (fileId: string) => JSON.stringify([locationId, kind, fileId]);
  if (change.op === 'removeHistory') {
    for (const fileId of change.fileIds) history.delete(toKey(fileId));
    return;
  }
  const { op: _, ...entry } = change;
  history.delete(toKey(entry.fileId));
  history.set(toKey(entry.fileId), entry);
}

function playOnJobs(
  jobs: Map<string, Job>,
  change: Exclude<StoreChange, { readonly op: 'noteImport' | 'putHistory' | 'removeHistory' }>,
): void {
  switch (change.op) {
    case 'putJob': {
      const { op: _, id, ...job } = change;
      jobs.set(id, { ...job, isDamaged: false, items: jobs.get(id)?.items ?? new Map() });
      break;
    }
    case 'setJobState':
      alter(jobs, change.id, (job) => ({ ...job, state: change.state }));
      break;
    case 'removeJob':
      jobs.delete(change.id);
      break;
    case 'putItems': {
      const { state, detail, ids } = change;
      const added = ids.map((id) => [id, { state, detail }] as const);
      alter(jobs, change.jobId, (job) => ({ ...job, items: new Map([...job.items, ...added]) }));
      break;
    }
    case 'removeItems':
      alter(jobs, change.jobId, (job) => ({ ...job, items: new Map() }));
      break;
    default:
      assertNever(change);
  }
}

function alter(jobs: Map<string, Job>, id: string, to: (job: Job) => Job): void {
  const job = jobs.get(id);
  if (job) jobs.set(id, to(job));
}
