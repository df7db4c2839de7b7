import { join } from 'node:path';
import { expectAccessible } from '../harness/accessibility.ts';
import { dropFiles } from '../harness/drop-files.ts';
import { createText, writeLocalFile, writeLocalFiles } from '../harness/local-files.ts';
import { expect, test } from '../harness/test.ts';

const ALWAYS = Number.POSITIVE_INFINITY;
const MIB = 1024 * 1024;

test('a pause lets what runs come to its end and begins nothing, until it is resumed', async ({
  openFiles,
  server,
  profile,
}) => {
  const hang = server.faults.inject({ on: 'upload', fault: { kind: 'hang', at: 'headers' } });
  const { page, transfers } = await openFiles();
  const [first = '', second = ''] = await writeLocalFiles(profile, ['first.txt', 'second.txt']);
  await dropFiles(page, [first]);
  await server.waitFor((request) => request.isHeld);
  await transfers.pause.click();
  await expect(transfers.resume).toBeFocused();
  await dropFiles(page, [second]);
  await transfers.expectState('second.txt', 'Queued');
  await expect(transfers.region).toContainText('0 of 2 · Paused');
  hang.release();
  await transfers.expectState('first.txt', 'Done');
  await transfers.expectState('second.txt', 'Queued');
  expect(server.requests.all('upload')).toHaveLength(1);
  await transfers.resume.click();
  await transfers.expectState('second.txt', 'Done');
  await expect(transfers.pause).toHaveCount(0);
});

test('work that begins after a rest is measured from its own beginning', async ({
  openFiles,
  server,
  profile,
}) => {
  const before = await writeLocalFile(profile, 'before.txt', createText(10 * MIB));
  const parts = Array.from({ length: 10 }, (_, index) =>
    writeLocalFile(profile, `now ${index}.txt`, createText(MIB + index)),
  );
  const now = (await Promise.all(parts)).map(({ path }) => path);
  const { page, transfers } = await openFiles();
  await dropFiles(page, [before.path]);
  await transfers.expectState('before.txt', 'Done');
  await expect(transfers.region).toContainText('1 done');
  await expect(transfers.overallProgress).toHaveCount(0);

  // Whole files, as of a file that is being sent the system takes more than the server has read.
  const hang = server.faults.inject({ on: 'upload', times: ALWAYS, fault: { kind: 'hang', at: 'body' } });
  await dropFiles(page, now);
  await expect.poll(() => server.requests.all('upload').filter(({ isHeld }) => isHeld).length).toBe(3);
  await expect(transfers.region).toContainText('0 of 10');
  const readPercent = async () => Number(await transfers.overallProgress.getAttribute('aria-valuenow'));
  await expect.poll(readPercent).toBeGreaterThanOrEqual(20);
  // With what was done before it would be 65 %.
  expect(await readPercent()).toBeLessThanOrEqual(31);
  hang.release();
  await expect(transfers.region).toContainText('11 done');
  await expect(transfers.overallProgress).toHaveCount(0);
});

test('as many large ones run at once as a person chose, and the choice is kept', async ({
  launchFiles,
  server,
  profile,
}) => {
  const hang = server.faults.inject({ on: 'upload', times: ALWAYS, fault: { kind: 'hang', at: 'headers' } });
  const files = Array.from({ length: 9 }, (_, index) =>
    writeLocalFile(profile, `file ${index}.txt`, createText(MIB + index)),
  );
  const paths = (await Promise.all(files)).map(({ path }) => path);
  const { app, page, transfers } = await launchFiles();
  const countHeld = () => server.requests.all('upload').filter(({ isHeld }) => isHeld).length;
  await dropFiles(page, paths);
  await expect(transfers.concurrency).toHaveValue('3');
  await expect.poll(countHeld).toBe(3);
  await transfers.concurrency.selectOption('8');
  await expect.poll(countHeld).toBe(8);
  await expect(transfers.region).toContainText('0 of 9');
  // Whichever was got ready last.
  await expect(transfers.region.getByText(/^(Queued|Preparing)$/)).toHaveCount(1);
  hang.release();
  await expect(transfers.region).toContainText('9 done');
  await app.quit();

  const again = await launchFiles();
  await expect(again.transfers.concurrency).toHaveValue('8');
});

test('all that failed is tried again at once, and nothing else', async ({ openFiles, server, profile }) => {
  const names = ['one.txt', 'two.txt', 'three.txt'];
  const refusal = server.faults.inject({
    on: 'upload',
    times: ALWAYS,
    fault: { kind: 'status', status: 400, message: 'File type is not allowed' },
  });
  const { page, transfers } = await openFiles();
  await dropFiles(page, await writeLocalFiles(profile, names));
  for (const name of names) await transfers.expectState(name, 'Failed');
  await expect(transfers.region).toContainText('3 failed');
  refusal.remove();
  await transfers.retryAllFailed.click();
  for (const name of names) await transfers.expectState(name, 'Done');
  await expect(transfers.retryAllFailed).toHaveCount(0);
  expect(server.requests.all('upload')).toHaveLength(6);
});

test('much that is over folds into one line; what failed stays in sight', async ({ openFiles, profile }) => {
  const names = Array.from({ length: 30 }, (_, index) => `many/file ${index}.txt`);
  await writeLocalFiles(profile, names);
  await writeLocalFile(profile, 'many/empty.txt', '');
  const { page, transfers } = await openFiles();
  await dropFiles(page, [join(profile.localFolder, 'many')]);
  await expect(transfers.folded).toHaveText('30 done');
  await expect(transfers.items).toHaveCount(1);
  await transfers.expectState('many/empty.txt', 'Failed');
  await expect(transfers.folded).toHaveAttribute('aria-expanded', 'false');
  await expectAccessible(page);
  await transfers.folded.click();
  await expect(transfers.folded).toHaveAttribute('aria-expanded', 'true');
  await expect(
    transfers.item('many/file 29.txt').or(transfers.item('many/file 28.txt')).first(),
  ).toBeVisible();
  await transfers.folded.click();
  await expect(transfers.items).toHaveCount(1);
  await transfers.clearFinished.click();
  await expect(transfers.region).toHaveCount(0);
});

test('of thousands of files under way few are drawn, and all can be stopped', async ({
  openFiles,
  server,
  profile,
}) => {
  for (let index = 0; index < 5000; index += 1) {
    await writeLocalFile(profile, `many/file-${index}.txt`, `file ${index}\n`);
  }
  const { page, transfers } = await openFiles();
  await dropFiles(page, [join(profile.localFolder, 'many')]);
  await expect(transfers.region).toContainText('of 5,000');
  await expect(transfers.folded).toBeVisible();
  await transfers.pause.click();
  await expect(transfers.resume).toBeVisible();
  expect(await transfers.items.count()).toBeLessThan(50);
  await transfers.cancelAll.click();
  await expect(transfers.folded).toHaveText(/^[\d,]+ done · [\d,]+ cancelled$/);
  await expect(transfers.items).toHaveCount(0);
  const stored = server.files.size;
  await expect(transfers.folded).toContainText(`${stored.toLocaleString('en-US')} done`);
  expect(stored).toBeLessThan(5000);
});

test('a file is shown in its folder', async ({ openFiles, profile }) => {
  const [path = ''] = await writeLocalFiles(profile, ['report.txt']);
  const { app, page, transfers } = await openFiles();
  const shown = await app.electron.evaluateHandle(({ shell }) => {
    const paths: string[] = [];
    shell.showItemInFolder = (shownPath) => void paths.push(shownPath);
    return paths;
  });
  await dropFiles(page, [path]);
  await transfers.show('report.txt').click();
  await expect.poll(() => shown.jsonValue()).toEqual([path]);
});

test('the focus stays in place when the button that has it goes', async ({ openFiles, server, profile }) => {
  const large = createText(32 * MIB);
  server.faults.inject({ on: 'upload', fault: { kind: 'hang', at: { requestBytes: 1_000_000 } } });
  const { path } = await writeLocalFile(profile, 'large.txt', large);
  const { page, table, transfers } = await openFiles();
  await dropFiles(page, [path]);
  await server.waitFor((request) => request.isHeld);
  await transfers.cancel('large.txt').focus();
  await page.keyboard.press('Enter');
  await transfers.expectState('large.txt', 'Cancelled');
  await expect(transfers.item('large.txt')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(transfers.retry('large.txt')).toBeFocused();
  await transfers.clearFinished.focus();
  await page.keyboard.press('Enter');
  await expect(transfers.region).toHaveCount(0);
  // From where the panel was, not from the beginning of the window.
  await page.keyboard.press('Shift+Tab');
  await expect(page.getByRole('button', { name: 'Upload', exact: true })).not.toBeFocused();
  await expect(table.rows).toHaveCount(0);
});
