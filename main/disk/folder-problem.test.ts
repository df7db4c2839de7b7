import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findFolderProblem } from './folder-problem.ts';

describe('a folder for the app’s data', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'files-for-openrouter-'));
  });
  afterEach(async () => {
    await chmod(folder, 0o700);
    await rm(folder, { recursive: true, force: true });
  });

  it('is made if it is not there, and nothing is left in it', async () => {
    expect(findFolderProblem(join(folder, 'deep', 'data'))).toBeNull();
    expect(await readdir(join(folder, 'deep', 'data'))).toEqual([]);
  });

  it('that cannot be made is told with its cause', async () => {
    await writeFile(join(folder, 'file'), '');
    expect(findFolderProblem(join(folder, 'file', 'data'))?.message).toContain('ENOTDIR');
    expect(findFolderProblem(join(folder, 'file'))?.message).toContain('EEXIST');
  });

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'that may not be written to is told with its cause',
    async () => {
      await mkdir(join(folder, 'data'));
      await chmod(join(folder, 'data'), 0o500);
      expect(findFolderProblem(join(folder, 'data'))?.message).toContain('EACCES');
    },
  );
});
