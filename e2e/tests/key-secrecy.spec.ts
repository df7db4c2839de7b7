import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { dropFiles } from '../harness/drop-files.ts';
import { findFilesWith } from '../harness/find-files-with.ts';
import { readKeptAccounts, removeKeychainEntry } from '../harness/keychain.ts';
import type { RunningApp } from '../harness/launch-app.ts';
import { writeLocalFile } from '../harness/local-files.ts';
import { answerDialogs } from '../harness/native-dialogs.ts';
import { readProcessTree, readWindowProcesses } from '../harness/processes.ts';
import { UNDO_MS } from '../harness/profile.ts';
import { expect, test } from '../harness/test.ts';
import type { FilesWindow } from '../pages/files-window.ts';
import { createGeneratedContent } from '../server/content.ts';
import { startServer } from '../server/server.ts';

/** All that the window's process has on its JavaScript heap, as the developer tools would show it. */
async function readHeap(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => void chunks.push(chunk));
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  return chunks.join('');
}

async function work(
  app: RunningApp,
  files: FilesWindow,
  paths: readonly string[],
  target: string,
): Promise<void> {
  await dropFiles(files.page, paths);
  await files.transfers.expectState('upload.txt', 'Done');
  // Its row moves the others, and a click meant for one of them would meet another.
  await expect(files.table.row('upload.txt')).toBeVisible();
  await answerDialogs(app.electron, { save: target });
  await files.table.row('generated.txt').click();
  await files.save.click();
  await files.transfers.expectState('saved.txt', 'Done');
  await files.table.row('upload.txt').click();
  await files.delete.click();
  await files.dialogDelete.click();
  await expect(files.status.filter({ hasText: 'Deleted “upload.txt”' })).toBeVisible({
    timeout: UNDO_MS + 10_000,
  });
}

test('after a full run the key stands nowhere but in the keychain and in main', async ({
  launch,
  server,
  profile,
  problems,
}) => {
  test.skip(process.platform !== 'linux', 'reads what Linux shows of processes');
  // It waits for a grace period, and takes a snapshot of a heap.
  test.slow();
  const { apiKey } = server;
  const content = createGeneratedContent(100_000, 5);
  server.files.add({ name: 'generated.txt', content });
  // A server that repeats the key in an error must not get it into a log or onto the screen.
  const message = `Key ${apiKey} is over its limit`;
  const app = await launch({ hasKeyInEnvironment: false });
  await (await app.connectWindow()).submit({ key: apiKey, endpoint: server.baseUrl });
  const files = await app.filesWindow();
  await expect(files.table.rows).toHaveCount(1);
  const [accountId = ''] = await readKeptAccounts(profile);
  try {
    const upload = await writeLocalFile(profile, 'upload.txt');
    await work(app, files, [upload.path], join(profile.saveFolder, 'saved.txt'));
    server.faults.inject({ on: 'list', fault: { kind: 'status', status: 403, message } });
    await files.refresh.click();
    await expect(files.alert).toContainText('Key [redacted] is over its limit');

    const [window] = await readWindowProcesses(app.electron);
    const tree = await readProcessTree(app.electron.process().pid ?? 0);
    expect(tree.map(({ processId }) => processId)).toContain(window?.processId);
    for (const { commandLine, environment } of tree) {
      expect(commandLine).not.toContain(apiKey);
      expect(environment).not.toContain(apiKey);
    }
    expect(await files.page.content()).not.toContain(apiKey);
    const storage = await files.page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }]),
    );
    expect(storage).not.toContain(apiKey);
    const heap = await readHeap(files.page);
    // The heap holds what the window knows, so this search can find something.
    expect(heap).toContain('generated.txt');
    expect(heap).not.toContain(apiKey);
    await files.signOut();
    await (await app.connectWindow()).heading.waitFor();
  } finally {
    await removeKeychainEntry(accountId);
  }
  await app.quit();
  expect(app.output()).not.toContain(apiKey);
  expect(await findFilesWith(profile.folder, apiKey)).toEqual([]);
  problems.check();
});

test('a key from the environment does not reach the window, its children or a file', async ({
  launch,
  server,
  profile,
}) => {
  test.skip(process.platform !== 'linux', 'reads what Linux shows of processes');
  server.seed(3);
  const app = await launch();
  const files = await app.filesWindow();
  await expect(files.table.rows).toHaveCount(3);
  const heap = await readHeap(files.page);
  expect(heap).not.toContain(server.apiKey);
  const inherited = await app.electron.evaluate(() => process.env['OPENROUTER_API_KEY']);
  expect(inherited).toBeUndefined();
  await app.quit();
  expect(app.output()).not.toContain(server.apiKey);
  expect(await findFilesWith(profile.folder, server.apiKey)).toEqual([]);
});

test('a key from the environment that ends in a line break stands in no row, record or output', async ({
  launch,
  profile,
}) => {
  // Not of a form by which it would be taken for a key.
  const key = 'marker.7f3a9c51';
  const server = await startServer({ keys: [{ key }] });
  try {
    const message = `Key ${key} may not upload`;
    server.faults.inject({ on: 'upload', fault: { kind: 'status', status: 400, message } });
    const upload = await writeLocalFile(profile, 'upload.txt');
    const app = await launch({
      environment: {
        OPENROUTER_API_KEY: `${key}\r\n`,
        OPENROUTER_BASE_URL: server.baseUrl,
        // Node prints the headers of every request then.
        NODE_DEBUG: 'http,https,net,stream,tls',
      },
    });
    const files = await app.filesWindow();
    await dropFiles(files.page, [upload.path]);
    await files.transfers.expectState('upload.txt', 'Failed');
    await expect(files.transfers.item('upload.txt')).toContainText('Key [redacted] may not upload');
    await app.quit();
    expect(app.output()).toContain('Bearer [redacted]');
    expect(app.output()).not.toContain(key);
    expect(await findFilesWith(profile.folder, key)).toEqual([]);
  } finally {
    await server.close();
  }
});
