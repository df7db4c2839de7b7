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
  const file = await writeLocalFile(profile, 'large.txt', createText(LARGE_BYTES));
  const midway = { requestBytes: 8 * MIB };
  const hang = server.faults.inject({ on: 'upload', fault: { kind: 'hang', at: midway } });
  const { page, transfers } = await openFiles();
  await dropFiles(page, [file.path]);
  await server.waitFor((request) => request.isHeld);
  const progress = transfers.progress('large.txt');
  const readPercent = async () => Number(await progress.getAttribute('aria-valuenow'));
  await expect.poll(readPercent).toBeGreaterThanOrEqual(25);
  expect(await readPercent()).toBeLessThan(90);
  await expect(transfers.item('large.txt')).toContainText(/MiB of 32.MiB/);
  hang.release();
  await transfers.expectState('large.txt', 'Done');

  const waiting = server.faults.inject({ on: 'upload', fault: { kind: 'hang', at: 'body' } });
  await transfers.clearFinished.click();
  await dropFiles(page, [file.path]);
  await transfers.expectState('large.txt', 'Waiting for OpenRouter');
  expect(await readPercent()).toBe(99);
  waiting.release();
  await transfers.expectState('large.txt', 'Done');
  expect(server.files.named('large.txt')).toHaveLength(2);
});

test('a connection that breaks mid-way fails, and Retry sends the file once more', async ({
  openFiles,
  server,
  profile,
}) => {
  const file = await writeLocalFile(profile, 'large.txt', createText(LARGE_BYTES));
  server.faults.inject({ on: 'upload', fault: { kind: 'reset', at: { requestBytes: 5 * MIB } } });
  const { page, transfers, table } = await openFiles();
  await dropFiles(page, [file.path]);
  await transfers.expectState('large.txt', 'Failed');
  await expect(transfers.item('large.txt')).toContainText('The connection broke off');
  expect(server.files.size).toBe(0);
  expect(server.requests.all('upload')).toHaveLength(1);
  await transfers.retry('large.txt').click();
  await transfers.expectState('large.txt', 'Done');
  await expect(table.row('large.txt')).toBeVisible();
  expect(server.files.named('large.txt').map(({ sha256 }) => sha256)).toEqual([file.sha256]);
});

test('an answer that is lost after the whole file leaves it open, and sends nothing again', async ({
  openFiles,
  server,
  profile,
}) => {
  const file = await writeLocalFile(profile, 'report.txt');
  server.faults.inject({ on: 'upload', fault: { kind: 'reset', at: 'applied' } });
  const { page, transfers, table, refresh } = await openFiles();
  await dropFiles(page, [file.path]);
  await transfers.expectState('report.txt', 'Interrupted');
  await expect(transfers.item('report.txt')).toContainText('The file may have arrived');
  await expect(transfers.item('report.txt')).toContainText('so that it is not stored twice');
  await expect(transfers.retry('report.txt')).toBeVisible();
  await refresh.click();
  await expect(table.row('report.txt')).toBeVisible();
  expect(server.requests.all('upload')).toHaveLength(1);
});

test('a success that cannot be read leaves it open as well', async ({ openFiles, server, profile }) => {
  const file = await writeLocalFile(profile, 'report.txt');
  server.faults.inject({ on: 'upload', fault: { kind: 'malformedJson' } });
  const { page, transfers } = await openFiles();
  await dropFiles(page, [file.path]);
  await transfers.expectState('report.txt', 'Interrupted');
  expect(server.requests.all('upload')).toHaveLength(1);
});

test('cancelling while the answer is missing does not claim that nothing happened', async ({
  openFiles,
  server,
  profile,
}) => {
  const file = await writeLocalFile(profile, 'report.txt');
  server.faults.inject({ on: 'upload', fault: { kind: 'hang', at: 'applied' } });
  const { page, transfers } = await openFiles();
  await dropFiles(page, [file.path]);
  await transfers.expectState('report.txt', 'Waiting for OpenRouter');
  await transfers.cancel('report.txt').click();
  await transfers.expectState('report.txt', 'Interrupted');
  await expect(transfers.item('report.txt')).toContainText('The file may have arrived');
});

test('quitting while a file is being sent closes its connection', async ({ openFiles, server, profile }) => {
  const file = await writeLocalFile(profile, 'large.txt', createText(LARGE_BYTES));
  const at = { requestBytes: 4 * MIB };
  const hang = server.faults.inject({ on: 'upload', fault: { kind: 'hang', at } });
  const { app, page } = await openFiles();
  await dropFiles(page, [file.path]);
  await server.waitFor((request) => request.isHeld);
  await app.quit();
  hang.release();
  await server.waitFor((request) => request.operation === 'upload' && request.isAbortedByClient);
  expect(server.files.size).toBe(0);
});
