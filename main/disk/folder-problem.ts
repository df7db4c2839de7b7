import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasCode } from './has-code.ts';

/** What only a person can change; a full disk, say, is told where it matters. */
const LASTING = ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOENT', 'ELOOP'];

/** Finds out whether files can be made in a folder, which is made if it is not there; gives why not, null when they can. */
export function findFolderProblem(folder: string): Error | null {
  const probe = join(folder, `.write-test-${process.pid}`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // Rights alone do not tell: the disk may be mounted read-only.
    writeFileSync(probe, '');
    rmSync(probe, { force: true });
    return null;
  } catch (cause) {
    return cause instanceof Error && hasCode(cause, ...LASTING) ? cause : null;
  }
}
