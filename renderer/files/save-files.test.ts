import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { RemoteFile } from '#app/files/remote-file.ts';
import type { FileSummary } from '#app/files/selection.ts';
import { showView } from '../location-in-view.ts';
import { messages } from '../ui/message-store.ts';
import { saveFiles } from './save-files.ts';

const toFile = (id: string): RemoteFile => ({
  id,
  name: `${id}.png`,
  mimeType: 'image/png',
  sizeBytes: 10,
  createdAt: 0,
  isSaveable: true,
});
const summary: FileSummary = {
  count: 3,
  sizeBytes: 30,
  saveableCount: 3,
  kinds: [],
  firstFiles: [toFile('a'), toFile('b'), toFile('c')],
};

beforeEach(() => showView({ locationId: 'here', viewId: 'view' }));
afterEach(() => {
  vi.unstubAllGlobals();
  for (const { id } of messages.read()) messages.dismiss(id);
});

async function saveWithAnswer(count: number): Promise<readonly string[]> {
  vi.stubGlobal('window', { files: { saveFiles: async () => ({ ok: true, value: count }) } });
  await saveFiles({ kind: 'selection' }, summary);
  return messages.read().map(({ title }) => title);
}

it('says how many files are gone when fewer are saved than were asked for', async () => {
  expect(await saveWithAnswer(1)).toEqual(['2 files no longer exist and are left out']);
});

it('says nothing when all are saved, or when the person chose nowhere', async () => {
  expect(await saveWithAnswer(3)).toEqual([]);
  expect(await saveWithAnswer(0)).toEqual([]);
});
