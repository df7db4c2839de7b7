import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalServer, startServer } from '../server/server.ts';
import { keepTemporaryFolders } from './temporary-folder.ts';
import { openWindowLocation, type WindowLocation } from './window-location.ts';

const makeFolder = keepTemporaryFolders();
let server: LocalServer;
let opened: WindowLocation | null = null;

beforeEach(async () => {
  server = await startServer();
});

afterEach(async () => {
  await opened?.close();
  opened = null;
  await server.close();
});

/** Deletes everything, each file with one status that the server answers so many times. */
async function deleteWith(statuses: readonly number[], times: number, body: string | null = null) {
  for (const status of statuses) {
    const { id } = server.files.add({ name: `${status}.txt` });
    server.faults.inject({
      on: 'delete',
      times,
      matching: ({ path }) => path.endsWith(id),
      fault: body === null ? { kind: 'status', status } : { kind: 'answer', status, body },
    });
  }
  opened = await openWindowLocation(server, { folder: await makeFolder(), speed: 200 });
  const { handlers, location } = opened;
  const view = {
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
  await handlers.changeSelection({
    change: { kind: 'allMatching', view },
    page: { ...view, offset: 0, limit: 1000 },
  });
  const draft = await handlers.draftDeletion({ target: { kind: 'selection' } });
  const { id } = await handlers.beginDeletion({ id: draft.id, count: draft.count });
  const deletion = await opened.waitForDeletion((one) => one.id === id && one.phase === 'finished');
  return { deletion, location };
}

describe('a deletion that is answered', () => {
  it('with a status that may pass is carried out in the end', async () => {
    const statuses = [408, 409, 425, 429, 499, 500, 502, 503, 504, 507, 520, 521, 522, 523, 524, 525, 526];
    const { deletion } = await deleteWith([...statuses, 527, 529, 530, 599], 1);
    expect(deletion).toMatchObject({ failures: [], deletedCount: statuses.length + 4 });
    expect(server.files.size).toBe(0);
  });

  it('with a plain no is told in the server’s words, also when the file cannot be asked for', async () => {
    server.faults.inject({
      on: 'retrieve',
      times: Number.POSITIVE_INFINITY,
      fault: { kind: 'status', status: 500 },
    });
    const statuses = [405, 415, 422, 451];
    const { deletion } = await deleteWith(
      statuses,
      Number.POSITIVE_INFINITY,
      '{"message":"Held by a lawyer"}',
    );
    expect(deletion.failures.map(({ error }) => error)).toEqual(
      expect.arrayContaining(
        statuses.map((status) => ({
          code: 'unexpectedAnswer',
          status,
          detail: 'status',
          serverMessage: 'Held by a lawyer',
        })),
      ),
    );
    // Asked for once each: another try would end the same.
    expect(server.requests.all('delete')).toHaveLength(statuses.length);
    expect(server.requests.all('retrieve')).toEqual([]);
  });
});
