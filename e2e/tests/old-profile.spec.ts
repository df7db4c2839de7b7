import { hashFile } from '../harness/local-files.ts';
import { expect, test } from '../harness/test.ts';
import { copyProfile } from '../profiles/copy-profile.ts';
import { whenListed } from '../prove/deletions-over-bridge.ts';
import { isAtRest, listTransfers } from '../prove/transfers-over-bridge.ts';

/** Two starts; an upload of which the answer was lost is looked for during half a minute. */
const TIMEOUT_MS = 150_000;
const AT_REST = { timeout: 90_000 };

test('the profile of version 1 opens with nothing lost, and once more at a second start', async ({
  launch,
  launchFiles,
  server,
  profile,
}) => {
  test.setTimeout(TIMEOUT_MS);
  await copyProfile(1, { profile, server });
  server.files.add({ name: 'new-since.txt' });
  const held = server.faults.inject({
    on: 'list',
    times: Number.POSITIVE_INFINITY,
    fault: { kind: 'hang', at: 'headers' },
  });
  const first = await launchFiles();
  await expect(first.status.filter({ hasText: 'Showing files from your last session.' })).toBeVisible();
  await expect(first.table.rowsPerPage).toHaveValue('50');
  await expect(first.table.row('kept-1.txt')).toBeVisible();
  await expect(first.table.row('new-since.txt')).toHaveCount(0);
  await expect(first.transfers.concurrency).toHaveValue('4');
  await first.transfers.expectState('sending.txt', 'Interrupted');
  await first.transfers.expectState('empty.txt', 'Failed');
  await first.transfers.expectState('same-name.txt', 'Question');
  const bounds = await first.app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.getBounds(),
  );
  expect(bounds).toMatchObject({ width: 1100, height: 700 });
  const kept = first.status.filter({ hasText: '2 files were not deleted' });
  await expect(kept).toContainText('The app quit before the undo period ended, so nothing was deleted.');
  const deleted = first.status.filter({ hasText: 'Deleted 12 files' });
  await expect(deleted).toContainText('You started this deletion before the app was last closed.');
  held.remove();
  held.release();
  await expect(first.table.row('new-since.txt')).toBeVisible();
  await expect.poll(async () => isAtRest(await listTransfers(first.page)), AT_REST).toBe(true);
  await first.app.quit();
  const sentCount = server.requests.all('upload').length;

  const app = await launch();
  const second = await app.filesWindow();
  await whenListed(second.page, server.files.size);
  await expect(second.table.rowsPerPage).toHaveValue('50');
  await expect(second.transfers.concurrency).toHaveValue('4');
  const { transfers, status } = await listTransfers(second.page);
  const notDone = transfers
    .filter(({ state }) => state !== 'done')
    .map(({ name, state }) => `${name} ${state}`);
  expect(notDone.toSorted()).toEqual(['empty.txt failed', 'same-name.txt asking']);
  expect(transfers.find(({ name }) => name === 'answer-lost.txt')?.confirmedBy).toBe('listing');
  expect(status.hasLostRecords).toBe(false);
  // Told once is told.
  await expect(second.status.filter({ hasText: 'deleted' })).toHaveCount(0);
  expect(server.requests.all('upload')).toHaveLength(sentCount);
  for (const { name, direction } of transfers) {
    if (name === 'empty.txt' || name === 'same-name.txt') continue;
    const folder = direction === 'upload' ? profile.localFolder : profile.saveFolder;
    const stored = server.files.named(name).map(({ sha256 }) => sha256);
    expect(stored, name).toEqual([await hashFile(`${folder}/${name}`)]);
  }
  expect(server.files.all().filter(({ name }) => /^(kept|deleted)-/.test(name))).toHaveLength(2);
});
