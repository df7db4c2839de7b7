import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { DatabaseSync } from '@photostructure/sqlite';
import { storePath } from '../harness/stored-rows.ts';
import { expect, test } from '../harness/test.ts';

const projectFolder = fileURLToPath(new URL('../..', import.meta.url));

/** Stands in for the person in front of the dialog, who is not there: it would stay open for ever. */
const ANSWER_ERROR_BOX =
  "require('electron').dialog.showErrorBox = (...words) => process.stderr.write(JSON.stringify(words) + '\\n');";

/** Starts the app and gives how it ended. */
async function start(folder: string, userDataFolder: string) {
  const answer = join(folder, 'answer-error-box.cjs');
  await writeFile(answer, ANSWER_ERROR_BOX);
  const args = ['-r', answer, `--user-data-dir=${userDataFolder}`, '--disable-gpu', '--no-sandbox'];
  const app = spawn(process.env['ELECTRON_EXECUTABLE'] ?? '', [...args, projectFolder], {
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: 30_000,
  });
  let output = '';
  app.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString('utf8');
  });
  const [code] = await once(app, 'close');
  return { code, output };
}

test('a data folder on a read-only disk is told in a dialog, and the app ends with a failure', async ({
  profile,
}) => {
  test.skip(process.platform !== 'linux' || process.getuid?.() !== 0, 'needs to mount a disk');
  const run = promisify(execFile);
  const disk = join(profile.folder, 'disk');
  await mkdir(disk);
  const mounted = await run('mount', ['-t', 'tmpfs', '-o', 'ro', 'tmpfs', disk]).catch(() => null);
  test.skip(mounted === null, 'this machine lets nobody mount a disk');
  try {
    const { code, output } = await start(profile.folder, disk);
    expect(output).toContain('can’t write to its data folder');
    expect(output).toContain('EROFS');
    expect(code).toBe(1);
  } finally {
    await run('umount', [disk]);
  }
});

test('records of a newer version are told in a dialog, stay as they are, and the app ends', async ({
  profile,
}) => {
  const path = storePath(profile);
  await mkdir(dirname(path), { recursive: true });
  const database = new DatabaseSync(path);
  database.exec('CREATE TABLE later (id TEXT); PRAGMA user_version = 99');
  database.close();
  const before = await readFile(path);
  const { code, output } = await start(profile.folder, profile.userDataFolder);
  expect(output).toContain('last saved by a newer version of the app');
  expect(code).toBe(1);
  expect((await readFile(path)).equals(before)).toBe(true);
});
