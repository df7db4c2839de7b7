import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGeneratedContent } from '../server/content.ts';
import { type LocalServer, startServer } from '../server/server.ts';
import { openWindowLocation, type WindowLocation } from './window-location.ts';

let server: LocalServer;
let folder: string;
let opened: WindowLocation;
let shown: string[];
let dragged: (readonly string[])[];

beforeEach(async () => {
  server = await startServer();
  folder = await mkdtemp(join(tmpdir(), 'files-for-openrouter-'));
  shown = [];
  dragged = [];
  opened = await openHere();
});

afterEach(async () => {
  await opened.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const openHere = () =>
  openWindowLocation(server, {
    folder,
    system: {
      chooseTargets: async (files) =>
        files.map(({ name }) => ({ path: join(folder, 'saves', name), replaces: null })),
      showInFolder: (path) => shown.push(path),
      startDrag: async (paths) => void dragged.push(paths),
    },
  });

const whenDone = async (count: number) => {
  const read = async () => (await opened.location.transfers.snapshot()).transfers;
  await expect.poll(async () => (await read()).filter(({ state }) => state === 'done').length).toBe(count);
};

async function uploadAndSave() {
  const source = join(folder, 'source.txt');
  await writeFile(source, 'from here');
  await mkdir(join(folder, 'saves'));
  const foreign = server.files.add({ name: 'foreign.pdf' });
  const generated = server.files.add({ name: 'chart.png', content: createGeneratedContent(100_000, 3) });
  await opened.location.index.refresh();
  await opened.handlers.uploadPaths({ paths: [source], withoutPath: [] });
  await opened.handlers.saveFiles({ target: { kind: 'rows', keys: [generated.id] } });
  await whenDone(2);
  const [uploaded] = server.files.named('source.txt');
  if (!uploaded) throw new Error('The upload is not there');
  return { source, foreign, generated, uploaded, saved: join(folder, 'saves', 'chart.png') };
}

describe('what this computer knows of files on the server', () => {
  it('is where an upload came from and where a save went, also after a restart', async () => {
    const { uploaded, generated, foreign } = await uploadAndSave();
    await opened.close();
    opened = await openHere();
    const localOf = async (id: string) => (await opened.handlers.readDetails({ id })).local;
    expect(await localOf(uploaded.id)).toMatchObject({
      origin: 'uploaded',
      name: 'source.txt',
      sha256: uploaded.sha256,
      isUnchanged: true,
    });
    expect(await localOf(generated.id)).toMatchObject({
      origin: 'saved',
      name: 'chart.png',
      isUnchanged: true,
    });
    expect(await localOf(foreign.id)).toBeNull();
  });

  it('is shown in the file manager, and dragged out while it is unchanged', async () => {
    const { source, saved, uploaded, generated, foreign } = await uploadAndSave();
    await opened.handlers.showLocalCopy({ id: uploaded.id });
    expect(shown).toEqual([source]);
    const drag = () =>
      opened.handlers.dragFiles({ target: { kind: 'rows', keys: [uploaded.id, generated.id, foreign.id] } });
    // Only the generated file can be saved, and it is here already.
    expect(await drag()).toEqual({ count: 2, leftOutCount: 1, saveableIds: [] });
    expect(dragged).toEqual([[source, saved]]);
    await writeFile(source, 'written meanwhile');
    expect(await drag()).toEqual({ count: 1, leftOutCount: 2, saveableIds: [] });
    await rm(saved);
    expect(await drag()).toEqual({ count: 0, leftOutCount: 3, saveableIds: [generated.id] });
    expect(dragged).toHaveLength(2);
    await expect(async () => opened.handlers.showLocalCopy({ id: generated.id })).rejects.toThrow(
      'fileMissing',
    );
  });
});
