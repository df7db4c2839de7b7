import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAX_ATTEMPTS } from '../../main/engine/retry-policy.ts';
import { createRandom } from '../server/random.ts';
import { type LocalServer, startServer } from '../server/server.ts';
import { openWindowLocation, type WindowLocation } from './window-location.ts';

let server: LocalServer;
let folder: string;
let open: Set<WindowLocation>;

beforeEach(async () => {
  server = await startServer();
  folder = await mkdtemp(join(tmpdir(), 'files-for-openrouter-'));
  open = new Set();
});

afterEach(async () => {
  for (const { close } of open) await close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

async function openHere(speed = 50) {
  const opened = await openWindowLocation(server, { folder, speed });
  open.add(opened);
  return opened;
}

async function close(opened: WindowLocation) {
  open.delete(opened);
  await opened.close();
}

const VIEW = {
  filter: {
    search: '',
    kinds: [],
    isSaveable: null,
    minSizeBytes: null,
    maxSizeBytes: null,
    createdFrom: null,
    createdBefore: null,
  },
  folder: null,
  sort: { by: 'created', isDescending: true },
} as const;
const PAGE = { ...VIEW, offset: 0, limit: 1000 };

async function deleteAll({ handlers }: WindowLocation) {
  await handlers.changeSelection({ change: { kind: 'allMatching', view: VIEW }, page: PAGE });
  const draft = await handlers.draftDeletion({ target: { kind: 'selection' } });
  return handlers.beginDeletion({ id: draft.id, count: draft.count });
}

/** How often each file was asked for. */
function toRequestCounts(): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { path } of server.requests.all('delete')) {
    const id = path.slice(path.lastIndexOf('/') + 1);
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

describe('deleting files in bulk', () => {
  it('of 5,000 with 3 % random 429 and 500: each is gone or listed with its reason, and asked for no more than that explains', async () => {
    const seeded = server.seed(5000, { generatedEvery: 0 });
    const random = createRandom(7);
    const isHit = (isApplied: boolean) => () => random() / 2 ** 32 < (isApplied ? 0.005 : 0.01);
    const rule = { on: 'delete', times: Number.POSITIVE_INFINITY } as const;
    server.faults.inject({ ...rule, matching: isHit(false), fault: { kind: 'status', status: 429 } });
    server.faults.inject({ ...rule, matching: isHit(false), fault: { kind: 'status', status: 500 } });
    server.faults.inject({
      ...rule,
      matching: isHit(true),
      fault: { kind: 'status', status: 500, at: 'applied' },
    });
    server.faults.inject({ ...rule, matching: isHit(true), fault: { kind: 'status', status: 502 } });
    // One that the server never lets go.
    const [stubborn] = seeded;
    server.faults.inject({
      ...rule,
      matching: ({ path }) => path.endsWith(stubborn?.id ?? ''),
      fault: { kind: 'status', status: 500 },
    });
    const opened = await openHere(200);
    const { id } = await deleteAll(opened);
    const done = await opened.waitForDeletion((change) => change.id === id && change.phase === 'finished');

    expect(done.count).toBe(5000);
    expect(done.deletedCount + done.failedCount).toBe(5000);
    const failed = new Set(done.failures.map(({ fileId }) => fileId));
    expect(failed.size).toBe(done.failedCount);
    expect(failed).toContain(stubborn?.id);
    expect(new Set(server.files.all().map((file) => file.id))).toEqual(failed);
    for (const fileId of failed) {
      expect(opened.location.deletions.stateOf(fileId)?.error?.code).toMatch(/serverFailed|providerFailed/);
    }
    const { rows, selection } = await opened.handlers.queryFiles({ query: PAGE });
    expect(rows).toHaveLength(failed.size);
    expect(selection.summary.count).toBe(failed.size);

    const faults = new Map<string, number>();
    for (const { path, fault } of server.requests.all('delete')) {
      const fileId = path.slice(path.lastIndexOf('/') + 1);
      if (fault !== null) faults.set(fileId, (faults.get(fileId) ?? 0) + 1);
    }
    for (const [fileId, count] of toRequestCounts()) {
      const faultCount = faults.get(fileId) ?? 0;
      expect(count).toBeLessThanOrEqual(1 + faultCount);
      if (faultCount === 0) expect(count).toBe(1);
    }
    expect(toRequestCounts().get(stubborn?.id ?? '')).toBe(MAX_ATTEMPTS.deletion);
    expect(toRequestCounts().size).toBe(5000);
  }, 60_000);

  it('goes on after an abrupt end with what is left', async () => {
    server.seed(300, { generatedEvery: 0 });
    const first = await openHere(100);
    const held = server.faults.inject({
      on: 'delete',
      from: 100,
      times: Number.POSITIVE_INFINITY,
      fault: { kind: 'hang', at: 'headers' },
    });
    const { id } = await deleteAll(first);
    await server.waitFor(({ operation, isHeld }) => operation === 'delete' && isHeld);
    await first.waitForDeletion((change) => change.id === id && change.deletedCount >= 96);
    await close(first);
    held.remove();
    held.release();
    const before = new Set(server.files.all().map((file) => file.id));
    const asked = server.requests.all('delete').length;

    const second = await openHere(100);
    const [deletion] = await second.handlers.listDeletions({});
    expect(deletion).toMatchObject({ id, count: 300, isFromLastTime: true });
    await second.waitForDeletion((change) => change.id === id && change.phase === 'finished');
    expect(server.files.size).toBe(0);
    expect(server.requests.all('delete').length - asked).toBeLessThanOrEqual(before.size + 4);
  });

  it('deletes nothing when the app ends in the grace period, and says so at the next start', async () => {
    server.seed(10, { generatedEvery: 0 });
    const first = await openHere(1);
    await deleteAll(first);
    await close(first);
    const second = await openHere(100);
    const told = await second.handlers.listDeletions({});
    expect(told).toMatchObject([{ phase: 'undone', count: 10, isFromLastTime: true }]);
    expect(server.requests.all('delete')).toEqual([]);
    await second.handlers.acknowledgeDeletions({ ids: told.map(({ id }) => id) });
    await close(second);
    const third = await openHere(100);
    expect(await third.handlers.listDeletions({})).toEqual([]);
  });

  it('keeps what failed selected, with its reason in the row until the person clears the selection', async () => {
    const [kept] = server.seed(3, { generatedEvery: 0 });
    const fault = { kind: 'status', status: 400 } as const;
    server.faults.inject({ on: 'delete', matching: ({ path }) => path.endsWith(kept?.id ?? ''), fault });
    // A grace of two seconds: what stands before its end must fit in.
    const opened = await openHere(5);
    await deleteAll(opened);
    const inGrace = await opened.handlers.queryFiles({ query: PAGE });
    expect(inGrace.selection.summary.count).toBe(0);
    expect(inGrace.rows.every((row) => row.kind === 'file' && row.isDeleting)).toBe(true);
    await opened.waitForDeletion(({ phase }) => phase === 'finished');
    const { rows, selection } = await opened.handlers.queryFiles({ query: PAGE });
    expect(rows).toMatchObject([
      { file: { id: kept?.id }, isDeleting: false, deletionError: { code: 'badRequest' } },
    ]);
    expect(selection.selectedKeys).toEqual([kept?.id]);
    const before = opened.selectionChangeCount();
    await opened.handlers.changeSelection({ change: { kind: 'clear' }, page: PAGE });
    // The rows have changed by it, so the window reads them again.
    expect(opened.selectionChangeCount()).toBe(before + 1);
    expect((await opened.handlers.queryFiles({ query: PAGE })).rows).toMatchObject([{ deletionError: null }]);
  });

  it('asks only about what is not being deleted already, and says so when that is all', async () => {
    const [first] = server.seed(3, { generatedEvery: 0 });
    // A grace of two seconds, in which all of this must begin.
    const { handlers } = await openHere(5);
    const { id, count } = await handlers.draftDeletion({ target: { kind: 'rows', keys: [first?.id ?? ''] } });
    await handlers.beginDeletion({ id, count });
    await handlers.changeSelection({ change: { kind: 'allMatching', view: VIEW }, page: PAGE });
    const draft = await handlers.draftDeletion({ target: { kind: 'selection' } });
    expect(draft).toMatchObject({ count: 2, leftOutCount: 1 });
    await handlers.beginDeletion({ id: draft.id, count: draft.count });
    const all = handlers.draftDeletion({ target: { kind: 'rows', keys: [first?.id ?? ''] } });
    await expect(all).rejects.toThrow('beingDeleted');
    await expect.poll(() => server.files.size).toBe(0);
    expect([...toRequestCounts().values()]).toEqual([1, 1, 1]);
  });

  it('selects again what was taken back, unless something else is selected by then', async () => {
    const [a, b] = server.seed(2, { generatedEvery: 0 }).map(({ id }) => id);
    const { handlers } = await openHere(1);
    const select = (key = '') => handlers.changeSelection({ change: { kind: 'only', key }, page: PAGE });
    const readSelected = async () => (await handlers.queryFiles({ query: PAGE })).selection.selectedKeys;
    const beginSelected = async () => {
      const { id, count } = await handlers.draftDeletion({ target: { kind: 'selection' } });
      return handlers.beginDeletion({ id, count });
    };
    await select(a);
    const first = await beginSelected();
    await select(b);
    await handlers.undoDeletion({ id: first.id });
    expect(await readSelected()).toEqual([b]);
    await select(a);
    const second = await beginSelected();
    expect(await readSelected()).toEqual([]);
    await handlers.undoDeletion({ id: second.id });
    await expect.poll(readSelected).toEqual([a]);
  });

  it('ends for good when the person signs out, and tells it when the key is back', async () => {
    server.seed(30, { generatedEvery: 0 });
    const hang = { kind: 'hang', at: 'headers' } as const;
    const held = server.faults.inject({
      on: 'delete',
      from: 10,
      times: Number.POSITIVE_INFINITY,
      fault: hang,
    });
    const first = await openHere(100);
    await deleteAll(first);
    await server.waitFor(({ operation, isHeld }) => operation === 'delete' && isHeld);
    open.delete(first);
    await first.signOut();
    held.remove();
    held.release();
    const asked = server.requests.all('delete').length;
    const second = await openHere(100);
    const [outcome] = await second.handlers.listDeletions({});
    expect(outcome).toMatchObject({ phase: 'finished', count: 30, isCancelled: true, isFromLastTime: true });
    expect(outcome?.deletedCount).toBeLessThanOrEqual(9);
    expect(outcome?.failures.map(({ error }) => error.code)).toContain('maybeDeleted');
    expect(server.requests.all('delete')).toHaveLength(asked);
  });

  it('begins no deletion of another count than was asked about', async () => {
    server.seed(3, { generatedEvery: 0 });
    const { handlers } = await openHere();
    await handlers.changeSelection({ change: { kind: 'allMatching', view: VIEW }, page: PAGE });
    const draft = await handlers.draftDeletion({ target: { kind: 'selection' } });
    await expect(handlers.beginDeletion({ id: draft.id, count: 2 })).rejects.toThrow('refused');
  });
});
