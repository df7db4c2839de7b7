import { killApp } from '../harness/kill-app.ts';
import { UNDO_MS } from '../harness/profile.ts';
import { readStoredDeletions } from '../harness/stored-rows.ts';
import { expect, test } from '../harness/test.ts';
import type { FaultRule } from '../server/faults.ts';
import type { LocalServer } from '../server/server.ts';
import { beginDeletion, cancelDeletion, listDeletions, whenListed } from './deletions-over-bridge.ts';

/** One way of ending the app while it deletes. */
export interface DeletionCrashPoint {
  /** Unlike every other's. */
  readonly name: string;
  /** The server holds a call by it, and that is the moment of the kill; without it, the grace period is. */
  readonly hold?: FaultRule;
  /** Whether the person has stopped the deletion before. */
  readonly isCancelled?: boolean;
}

const FILE_COUNT = 60;
/** Two starts, a grace period, and a machine that has much else to do. */
const TIMEOUT_MS = 120_000;
const CARRIED_OUT = { timeout: UNDO_MS + 30_000 };

/** Makes a test of a point: what was in its grace period stays and that is told, what was being deleted goes on. */
export function testDeletionCrash(point: DeletionCrashPoint): void {
  test(`killed while deleting: ${point.name}`, async ({ launchFiles, server, profile }) => {
    test.setTimeout(TIMEOUT_MS);
    const ids = server.seed(FILE_COUNT, { generatedEvery: 0 }).map(({ id }) => id);
    const hold = point.hold && server.faults.inject(point.hold);
    const first = await launchFiles();
    await whenListed(first.page, FILE_COUNT);
    const { id } = await beginDeletion(first.page);
    if (point.hold) {
      await server.waitFor(({ operation, isHeld }) => operation === 'delete' && isHeld, CARRIED_OUT.timeout);
    }
    if (point.isCancelled) {
      await cancelDeletion(first.page, id);
      await expect.poll(() => readStoredDeletions(profile)).toMatchObject([{ state: 'cancelled' }]);
    }
    await killApp(first.app);
    hold?.remove();
    hold?.release();
    await server.waitFor(() => server.requests.all().every(({ endedAt }) => endedAt !== null));
    const [stored, ...others] = readStoredDeletions(profile);
    expect(others).toEqual([]);
    // The moment that the point is about was reached.
    expect(stored).toMatchObject({ id, state: toStateAtKill(point) });
    expect(stored?.items).toHaveLength(FILE_COUNT);
    const knownGone = stored?.items.filter(({ state }) => state === 'gone').map(({ id }) => id) ?? [];
    const listedBefore = server.requests.all('list').length;

    const second = await launchFiles();
    const isGoingOn = point.hold !== undefined && !point.isCancelled;
    await expect(second.status.filter({ hasText: toNews(point) })).toBeVisible(CARRIED_OUT);
    // The window has told it: nothing is left to tell.
    await expect.poll(() => listDeletions(second.page)).toEqual([]);
    const askedAfter = toAskedIds(server, listedBefore);
    if (!isGoingOn) {
      expect(askedAfter).toEqual([]);
      return;
    }
    expect(server.files.size).toBe(0);
    expect(askedAfter.filter((fileId) => knownGone.includes(fileId))).toEqual([]);
    expect(new Set([...knownGone, ...askedAfter])).toEqual(new Set(ids));
    expect(askedAfter).toHaveLength(FILE_COUNT - knownGone.length);
  });
}

function toStateAtKill({ hold, isCancelled }: DeletionCrashPoint): string {
  if (hold === undefined) return 'waiting';
  return isCancelled ? 'cancelled' : 'started';
}

function toNews({ hold, isCancelled }: DeletionCrashPoint): RegExp {
  if (hold === undefined) return new RegExp(`^${FILE_COUNT} files were not deleted`);
  return isCancelled ? /^Stopped\. Up to \d+ files were kept/ : new RegExp(`^Deleted ${FILE_COUNT} files`);
}

/**
 * The files that a run has asked to delete. It begins with a listing, of which there were so many before it: what the app had
 * sent when it was killed may reach the server only after that.
 */
function toAskedIds(server: LocalServer, listedBefore: number): readonly string[] {
  const all = server.requests.all();
  const lists = all.filter(({ operation }) => operation === 'list');
  const own = all.slice(all.indexOf(lists[listedBefore] ?? fail()));
  return own
    .filter(({ operation }) => operation === 'delete')
    .map(({ path }) => path.slice(path.lastIndexOf('/') + 1));
}

function fail(): never {
  throw new Error('The second run has listed nothing');
}
