import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createManualClock } from '../../engine/manual-clock.ts';
import { createMemoryStore } from '../memory-store.ts';
import type { StoreChange, StoredJob } from '../store.ts';
import { openAndCheck } from './open-database.ts';
import { openSqliteStore } from './open-sqlite-store.ts';
import { readJobs } from './read-jobs.ts';
import { MIGRATIONS } from './schema.ts';
import { type SqliteThread, startSqliteThread } from './sqlite-thread.ts';

/** `npm run prove` takes 400. */
const SEEDS = Number(process.env['POWER_CUT_SEEDS'] ?? 4);
const PROMISED_COMMITS = 6;
const LATER_COMMITS = 2;
const TIMEOUT_MS = 30_000 + SEEDS * 5000;
const HEADER_BYTES = 32;
const FRAME_BYTES = 24 + 4096;
const NAME = 'records-1.sqlite';

/** Whole numbers below a limit, the same for the same seed (mulberry32). */
function createDice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
type Dice = ReturnType<typeof createDice>;

function rollCommit(roll: Dice): readonly StoreChange[] {
  return Array.from({ length: 1 + roll(3) }, () => rollChange(roll));
}

function rollChange(roll: Dice): StoreChange {
  const id = `job-${roll(3)}`;
  const state = ['waiting', 'started', 'cancelled'][roll(3)] ?? '';
  const choice = roll(5);
  if (choice === 0) return { op: 'setJobState', id, state };
  if (choice === 1) return roll(2) === 0 ? { op: 'removeJob', id } : { op: 'removeItems', jobId: id };
  if (choice === 2) {
    return { op: 'putJob', locationId: 'here', kind: 'deletion', id, state, detail: { count: roll(9) } };
  }
  const ids = Array.from({ length: 1 + roll(60) }, () => `file-${roll(500)}-of-a-job`);
  return { op: 'putItems', jobId: id, state, detail: null, ids: [...new Set(ids)] };
}

/** As one text, whatever the order of items. */
function toText(jobs: readonly StoredJob[]): string {
  return JSON.stringify(
    jobs.map((job) => [
      job.id,
      job.state,
      job.detail,
      job.items.flatMap(({ state, detail, ids }) => ids.map((id) => `${id} ${state} ${detail}`)).sort(),
    ]),
  );
}

describe('a store whose power is cut', () => {
  let folder: string;
  let thread: SqliteThread;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'files-for-openrouter-'));
    thread = startSqliteThread();
  });
  afterEach(async () => {
    await thread.close();
    await rm(folder, { recursive: true });
  });

  const open = (place: string) =>
    openSqliteStore({ folder: place, clock: createManualClock(), onProblem: () => undefined });

  /** Commits at random; gives the files, how long the log was when the last promise was given, and all states from then on. */
  async function record(roll: Dice) {
    const model = createMemoryStore();
    const before = join(folder, 'before');
    const store = await open(before);
    const base = {
      op: 'putJob',
      locationId: 'here',
      kind: 'deletion',
      state: 'waiting',
      detail: null,
    } as const;
    const commits = [
      ['job-0', 'job-1', 'job-2'].map((id) => ({ ...base, id })),
      ...Array.from({ length: PROMISED_COMMITS + LATER_COMMITS - 1 }, () => rollCommit(roll)),
    ];
    const states: string[] = [];
    const commitAll = async (some: readonly (readonly StoreChange[])[]) => {
      for (const changes of some) {
        await Promise.all([store.commit(changes), model.commit(changes)]);
        states.push(toText(await model.readJobs('here', 'deletion')));
      }
    };
    await commitAll(commits.slice(0, PROMISED_COMMITS));
    const promisedBytes = (await readFile(join(before, `${NAME}-wal`))).length;
    await commitAll(commits.slice(PROMISED_COMMITS));
    const files = {
      database: await readFile(join(before, NAME)),
      log: await readFile(join(before, `${NAME}-wal`)),
    };
    await store.close();
    return { ...files, promisedBytes, states: states.slice(PROMISED_COMMITS - 1) };
  }

  async function readAfterCut(database: Uint8Array, log: Uint8Array) {
    const path = join(folder, NAME);
    await thread.open(':memory:', []);
    await writeFile(path, database);
    await writeFile(`${path}-wal`, log);
    const damage = await openAndCheck(thread, path, {
      migrations: MIGRATIONS,
      maxPageCount: 1000,
      canSync: true,
    });
    return { damage, text: toText(await readJobs(thread, 'here', 'deletion')) };
  }

  it(
    'at each border of a frame and within frames has all that was acknowledged',
    async () => {
      let cuts = 0;
      let laterStates = 0;
      for (let seed = 1; seed <= SEEDS; seed += 1) {
        await rm(join(folder, 'before'), { recursive: true, force: true });
        const roll = createDice(seed);
        const { database, log, promisedBytes, states } = await record(roll);
        expect((promisedBytes - HEADER_BYTES) % FRAME_BYTES).toBe(0);
        for (let border = promisedBytes; border <= log.length; border += FRAME_BYTES) {
          const within = border + 1 + roll(FRAME_BYTES - 1);
          for (const end of [border, within].filter((bytes) => bytes <= log.length)) {
            // Behind the cut there may be nothing, or room of the file that was never written.
            const torn = Buffer.concat([log.subarray(0, end), Buffer.alloc(roll(2) * roll(3 * FRAME_BYTES))]);
            const { damage, text } = await readAfterCut(database, torn);
            expect(damage, `seed ${seed} at ${end}`).toBeNull();
            expect(states, `seed ${seed} at ${end}`).toContain(text);
            cuts += 1;
            if (text !== states[0]) laterStates += 1;
          }
        }
        // All that was committed is there when nothing is cut off.
        expect((await readAfterCut(database, log)).text).toBe(states.at(-1));
      }
      expect(cuts).toBeGreaterThan(SEEDS * LATER_COMMITS);
      expect(laterStates).toBeGreaterThan(0);
    },
    TIMEOUT_MS,
  );

  it('and whose log is damaged before its last commit says so', async () => {
    const { database, log, promisedBytes, states } = await record(createDice(1));
    const damaged = Buffer.from(log);
    // In the last commit that was acknowledged before others.
    damaged[promisedBytes - 10] = (damaged[promisedBytes - 10] ?? 0) ^ 1;
    const { damage, text } = await readAfterCut(database, damaged);
    expect(damage).toContain('commits');
    expect(states).not.toContain(text);
  });
});
