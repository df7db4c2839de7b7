import type { FilesApi } from '#app/contract/files-contract.ts';
import { dropFiles } from '../harness/drop-files.ts';
import { writeLocalFile } from '../harness/local-files.ts';
import { locationOf, viewOf } from '../harness/location-of.ts';
import { answerDialogs } from '../harness/native-dialogs.ts';
import { expect, test } from '../harness/test.ts';

test('a file that came from here is given to the system to be dragged, with a picture', async ({
  openFiles,
  server,
  profile,
}) => {
  const file = await writeLocalFile(profile, 'a.txt');
  const { app, page, transfers } = await openFiles();
  await dropFiles(page, [file.path]);
  await transfers.expectState('a.txt', 'Done');
  const [uploaded] = server.files.named('a.txt');
  const dragged = await app.electron.evaluateHandle(({ BrowserWindow }) => {
    const items: { readonly files: readonly string[]; readonly isEmpty: boolean }[] = [];
    for (const { webContents } of BrowserWindow.getAllWindows()) {
      webContents.startDrag = ({ files = [], icon }) => {
        items.push({ files, isEmpty: typeof icon === 'string' || icon.isEmpty() });
      };
    }
    return items;
  });
  const answer = await page.evaluate(
    async ([shown, key]) => {
      // The bridge, as the preload script puts it there.
      const { files } = window as unknown as { readonly files: FilesApi };
      return files.dragFiles({ ...shown, target: { kind: 'rows', keys: [key] } });
    },
    [await viewOf(page), uploaded?.id ?? ''] as const,
  );
  expect(answer).toEqual({ ok: true, value: { count: 1, leftOutCount: 0, saveableIds: [] } });
  expect(await dragged.jsonValue()).toEqual([{ files: [file.path], isEmpty: false }]);
});

test('a file is replaced by one that is chosen in the system’s dialog', async ({
  openFiles,
  server,
  profile,
}) => {
  const old = server.files.add({ name: 'plan.txt' });
  const file = await writeLocalFile(profile, 'new plan.txt');
  const { app, page, table } = await openFiles();
  await expect(table.row('plan.txt')).toBeVisible();
  const dialogs = await answerDialogs(app.electron, { open: file.path });
  const isChosen = await page.evaluate(
    async ([shown, id]) => {
      const { files } = window as unknown as { readonly files: FilesApi };
      return files.replaceFile({ ...shown, id });
    },
    [await locationOf(page), old.id] as const,
  );
  expect(isChosen).toEqual({ ok: true, value: { id: expect.any(String) } });
  expect((await dialogs.opened()).map(({ properties }) => properties)).toEqual([['openFile']]);
  await expect.poll(() => server.files.get(old.id)).toBeUndefined();
  expect(server.files.all()).toMatchObject([{ name: 'plan.txt', sha256: file.sha256 }]);
});
