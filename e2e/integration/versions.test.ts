import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalServer, startServer } from '../server/server.ts';
import type { StoredFile } from '../server/store.ts';
import { openWindowLocation, type WindowLocation } from './window-location.ts';

let server: LocalServer;
let folder: string;
let opened: WindowLocation;
let original: StoredFile;
let edit: StoredFile;

beforeEach(async () => {
  server = await startServer();
  folder = await mkdtemp(join(tmpdir(), 'files-for-openrouter-'));
  original = server.files.add({ name: 'plan.md', mimeType: 'text/markdown', sizeBytes: 8 });
  // As large as the original: neither name nor size tells them apart.
  edit = server.files.edit(original.id, 'new plan');
  const chosen = join(folder, 'chosen.md');
  await writeFile(chosen, 'own plan');
  opened = await openWindowLocation(server, {
    folder,
    speed: 50,
    system: { chooseReplacement: async () => chosen },
  });
});

afterEach(async () => {
  await opened.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const whenDeleted = () => opened.waitForDeletion(({ phase }) => phase === 'finished');
const idsOnServer = () => server.files.all().map(({ id }) => id);

describe('versions of one file, which edits by a model leave under one name', () => {
  it.each(['original', 'edit'] as const)(
    'are deleted one by one: the %s goes, the other stays',
    async (which) => {
      const [gone, kept] = which === 'original' ? [original, edit] : [edit, original];
      const { id, count, firstFiles } = await opened.handlers.draftDeletion({
        target: {
          kind: 'rows',
          keys: [gone.id],
        },
      });
      expect(count).toBe(1);
      // What the question tells the person of which one it is.
      expect(firstFiles).toMatchObject([{ id: gone.id, isSaveable: gone.downloadable }]);
      await opened.handlers.beginDeletion({ id, count });
      expect(await whenDeleted()).toMatchObject({ deletedCount: 1 });
      expect(idsOnServer()).toEqual([kept.id]);
      expect(opened.location.index.find(kept.id)).toBeDefined();
    },
  );

  it('are replaced one by one: the original goes, the edit stays', async () => {
    await opened.handlers.replaceFile({ id: original.id });
    // The edit has the name and size of the new file: whether that is wanted twice is the person's to say.
    const { transfers } = opened.location;
    await expect.poll(() => transfers.queue.list()).toMatchObject([{ question: { kind: 'sameName' } }]);
    expect(idsOnServer()).toEqual([original.id, edit.id]);
    transfers.queue.answer(
      transfers.queue.list().map(({ id }) => id),
      'upload',
    );
    await whenDeleted();
    expect(idsOnServer()).toHaveLength(2);
    expect(idsOnServer()).toContain(edit.id);
    expect(idsOnServer()).not.toContain(original.id);
  });
});
