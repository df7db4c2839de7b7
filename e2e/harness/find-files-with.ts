import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Gives the files under a folder in which a secret stands, in any of the ways it could be written down. */
export async function findFilesWith(folder: string, secret: string): Promise<readonly string[]> {
  const spellings = toSpellings(secret);
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = await readIfThere(path);
    if (spellings.some((spelling) => bytes.includes(spelling))) found.push(path);
  }
  return found;
}

function toSpellings(secret: string): readonly Buffer[] {
  return [
    Buffer.from(secret, 'utf8'),
    Buffer.from(secret, 'utf16le'),
    Buffer.from(Buffer.from(secret).toString('base64').replace(/=+$/, '')),
  ];
}

/** Reads a file; one that has gone since its folder was read is empty. */
async function readIfThere(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return Buffer.alloc(0);
    throw cause;
  }
}
