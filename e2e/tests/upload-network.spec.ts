import { dropFiles } from '../harness/drop-files.ts';
import { createText, writeLocalFile } from '../harness/local-files.ts';
import { expect, test } from '../harness/test.ts';

const MIB = 1024 * 1024;
/** More than what the sockets of both sides hold, so that a server which stops reading stops the sending. */
const LARGE_BYTES = 32 * MIB;

test('cancelling mid-way closes the connection and leaves nothing on the server', async ({
  openFiles,
  server,
  profile,
}) => {
  const file = await writeLocalFile(profile, 'large.txt', createText(LARGE_BYTES));
  const at = { requestBytes: 4 * MIB };
  const hang = server.faults.inject({ on: 'upload', fault: { kind: 'hang', at } });
  const { page, transfers, table } = await openFiles();
  await dropFiles(page, [file.path]);
  await server.waitFor((request) => request.isHeld);
  await transfers.expectState('large.txt', 'Sending');
  await transfers.cancel('large.txt').click();
  await transfers.expectState('large.txt', 'Cancelled');
  hang.release();
  await server.waitFor((request) => request.operation === 'upload' && request.isAbortedByClient);
  expect(server.files.size).toBe(0);

  await transfers.retry('large.txt').click();
  await transfers.expectState('large.txt', 'Done');
  await expect(table.row('large.txt')).toBeVisible();
  expect(server.files.named('large.txt')[0]?.sha256).toBe(file.sha256);
});

test('progress tells the bytes that were sent, and that the answer is missing', async ({
  openFiles,
  server,
  profile,
}) => {
  // Far more than the system takes from a sender before the server has read it.
  const file = await writeLocalFile(profile, 'large.txt', createText(48 * MIB));
  const midway = { requestBytes: 4 * MIB };
  const hang = server.faults.inject({ on: 'upload', fault: { kind: 'hang', at: midway } });
  const { page, transfers } = await openFiles();
  await dropFiles(page, [file.path]);
  await server.waitFor((request) => request.isHeld);
  const progress = transfers.progress('large.txt');
  const readPercent = async () => Number(await progress.getAttribute('aria-valuenow'));
  await expect.poll(readPercent).toBeGreaterThanOrEqual(8);
  expect(await readPercent()).toBeLessThan(90);
  await expect(transfers.item('large.txt')).toContainText(/MiB of 48.MiB/);
  hang.release();
  await transfers.expectState('large.txt', 'Done');

  const waiting = server.faults.inject({ on: 'upload', fault: { kind: 'hang', at: 'body' } });
  await transfers.clearFinished.click();
  await dropFiles(page, [file.path]);
  await transfers.uploadAnyway('large.txt').click();
  await transfers.expectState('large.txt', 'Waiting for OpenRouter');
  expect(await readPercent()).toBe(99);
  waiting.release();
  await transfers.expectState('large.txt', 'Done');
  expect(server.files.named('large.txt')).toHaveLength(2);
});

test('a connection that breaks mid-way is tried again, and the file is there once', async ({
  openFiles,
  server,
  profile,
}) => {
  const file = await writeLocalFile(profile, 'large.txt', createText(LARGE_BYTES));
  server.faults.inject({ on: 'upload', fault: { kind: 'reset', at: { requestBytes: 5 * MIB } } });
  const { page, transfers, table } = await openFiles();
  await dropFiles(page, [file.path]);
  await transfers.expectState('large.txt', 'Done');
  await expect(table.row('large.txt')).toBeVisible();
  expect(server.requests.all('upload')).toHaveLength(2);
  expect(server.files.named('large.txt').map(({ sha256 }) => sha256)).toEqual([file.sha256]);
});

for (const fault of [{ kind: 'reset', at: 'applied' }, { kind: 'malformedJson' }] as const) {
  test(`an answer that is lost (${fault.kind}) is found in the listing, and nothing is sent again`, async ({
    openFiles,
    server,
    profile,
  }) => {
    const file = await writeLocalFile(profile, 'report.txt');
    server.faults.inject({ on: 'upload', fault });
    const { page, transfers, table } = await openFiles();
    await dropFiles(page, [file.path]);
    await transfers.expectState('report.txt', 'Done');
    await expect(transfers.item('report.txt')).toContainText('confirmed by listing');
    await expect(table.row('report.txt')).toBeVisible();
    expect(server.requests.all('upload')).toHaveLength(1);
  });
}

test('an outcome that cannot be found out is left open until a person decides', async ({
  openFiles,
  server,
  profile,
}) => {
  const file = await writeLocalFile(profile, 'report.txt');
  const { page, transfers, table, refresh } = await openFiles();
  await expect(page.getByText('Drop files here')).toBeVisible();
  server.faults.inject({ on: 'upload', fault: { kind: 'reset', at: 'applied' } });
  const lists = server.faults.inject({
    on: 'list',
    times: Number.POSITIVE_INFINITY,
    fault: { kind: 'html', status: 200 },
  });
  await dropFiles(page, [file.path]);
  await transfers.expectState('report.txt', 'Unknown');
  await expect(transfers.item('report.txt')).toContainText('The file may have arrived');
  lists.remove();
  await transfers.check('report.txt').click();
  await transfers.expectState('report.txt', 'Done');
  await refresh.click();
  await expect(table.row('report.txt')).toBeVisible();
  expect(server.requests.all('upload')).toHaveLength(1);
});

test('cancelling while the answer is missing finds out what happened', async ({
  openFiles,
  server,
  profile,
}) => {
  const file = await writeLocalFile(profile, 'report.txt');
  server.faults.inject({ on: 'upload', fault: { kind: 'hang', at: 'applied' } });
  const { page, transfers, table } = await openFiles();
  await dropFiles(page, [file.path]);
  await server.waitFor((request) => request.operation === 'upload' && request.isHeld);
  await transfers.expectState('report.txt', 'Waiting for OpenRouter');
  await transfers.cancel('report.txt').click();
  await transfers.expectState('report.txt', 'Done');
  await expect(table.row('report.txt')).toBeVisible();
});

test('quitting while a file is being sent closes its connection', async ({
  launchFiles,
  server,
  profile,
}) => {
  const file = await writeLocalFile(profile, 'large.txt', createText(LARGE_BYTES));
  const at = { requestBytes: 4 * MIB };
  const hang = server.faults.inject({ on: 'upload', fault: { kind: 'hang', at } });
  const { app, page } = await launchFiles();
  await dropFiles(page, [file.path]);
  await server.waitFor((request) => request.isHeld);
  await app.quit();
  hang.release();
  await server.waitFor((request) => request.operation === 'upload' && request.isAbortedByClient);
  expect(server.files.size).toBe(0);
});
