import { chmod, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { dropFiles } from '../../harness/drop-files.ts';
import { findPackagedExecutable, launchPackagedApp } from '../../harness/launch-packaged-app.ts';
import { createText, writeLocalFile } from '../../harness/local-files.ts';
import { UNDO_MS } from '../../harness/profile.ts';
import { storePath } from '../../harness/stored-rows.ts';
import { test as base, expect } from '../../harness/test.ts';
import { createFilesWindow, type FilesWindow } from '../../pages/files-window.ts';

const test = base.extend<{ readonly files: FilesWindow }>({
  files: async ({ server, profile }, use, testInfo) => {
    server.seed(40);
    // The app may run as another user than the test.
    for (const folder of [profile.folder, profile.localFolder]) await chmod(folder, 0o755);
    const app = await launchPackagedApp(profile, server);
    await use(createFilesWindow(app.page));
    await app.end();
    await testInfo.attach('output.txt', { body: app.output(), contentType: 'text/plain' });
  },
});

test('the packaged app lists files and uploads one whole', async ({ files, server, profile }) => {
  await expect(files.table.pager).toContainText('1–40 of 40');
  const file = await writeLocalFile(profile, 'report.txt', createText(3_000_001));
  await dropFiles(files.page, [file.path]);
  await files.transfers.expectState('report.txt', 'Done');
  await expect(files.table.row('report.txt')).toBeVisible();
  expect(server.files.named('report.txt').map(({ sha256 }) => sha256)).toEqual([file.sha256]);
});

test('the packaged app deletes a file, which is on record before', async ({ files, server, profile }) => {
  const { path } = await writeLocalFile(profile, 'old.txt', 'old');
  await dropFiles(files.page, [path]);
  await files.table.row('old.txt').click();
  await files.page.keyboard.press('Delete');
  await files.dialogDelete.click();
  const news = files.status.filter({ hasText: 'Deleted “old.txt”' });
  await expect(news).toBeVisible({ timeout: UNDO_MS + 30_000 });
  expect(server.requests.all('delete')).toHaveLength(1);
  expect(await readdir(dirname(storePath(profile)))).toContain('records-1.sqlite');
});

test('its window runs in Chromium’s sandbox', async ({ files, profile }) => {
  test.skip(process.platform !== 'linux', 'Only Linux shows another process’s seccomp state.');
  await expect(files.table.pager).toContainText('1–40 of 40');
  const renderers = await findProcesses(['--type=renderer', `--user-data-dir=${profile.userDataFolder}`]);
  expect(renderers.length).toBeGreaterThan(0);
  for (const pid of renderers) {
    // 2: a filter decides which system calls the process may make.
    expect(await readFile(`/proc/${pid}/status`, 'utf8')).toMatch(/^Seccomp:\s+2$/m);
  }
});

test('its fuses are those of a release', async () => {
  const wire = await getCurrentFuseWire(findPackagedExecutable());
  const isOn: readonly (readonly [FuseV1Options, boolean])[] = [
    [FuseV1Options.RunAsNode, false],
    [FuseV1Options.EnableCookieEncryption, true],
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable, false],
    [FuseV1Options.EnableNodeCliInspectArguments, false],
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation, true],
    [FuseV1Options.OnlyLoadAppFromAsar, true],
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot, false],
    [FuseV1Options.GrantFileProtocolExtraPrivileges, false],
  ];
  // A fuse is one character in the executable: '1' is on, '0' is off.
  for (const [fuse, on] of isOn) expect(wire[fuse], FuseV1Options[fuse]).toBe((on ? '1' : '0').charCodeAt(0));
});

/** The processes whose command line holds all of these texts. */
async function findProcesses(texts: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const pid of await readdir('/proc')) {
    const commandLine = await readFile(join('/proc', pid, 'cmdline'), 'utf8').catch(() => '');
    if (texts.every((text) => commandLine.includes(text))) found.push(pid);
  }
  return found;
}
