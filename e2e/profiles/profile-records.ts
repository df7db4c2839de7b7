import { createHash } from 'node:crypto';
import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

// How profile 1 writes its records down. Only the fixture knows it: what opens it reads it by code of its own.

/** Names the records of a server's location as that version of the app did. */
export function toRecordsName({ baseUrl, apiKey }: { readonly baseUrl: string; readonly apiKey: string }) {
  return createHash('sha256').update(`${baseUrl}\n${apiKey}`).digest('hex').slice(0, 32);
}

/** Puts one text for another in all records of a folder, and in their names. */
export async function rewriteRecords(
  folder: string,
  { name, path }: { readonly name: Replacement; readonly path: Replacement },
): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(folder, entry.name);
    if (entry.name.endsWith('.jsonl'))
      await writeFile(file, rewriteLines(await readFile(file, 'utf8'), path));
    await rename(file, join(folder, entry.name.replace(name.from, name.to)));
  }
}

/** A text and what takes its place. */
export interface Replacement {
  readonly from: string;
  readonly to: string;
}

/** A line is the CRC-32 of its JSON, a space and the JSON. The last one may be torn, as a kill leaves it. */
function rewriteLines(text: string, { from, to }: Replacement): string {
  const lines = text.split('\n');
  return lines
    .map((line, index) => {
      if (index === lines.length - 1) return line;
      const value: unknown = JSON.parse(line.slice(line.indexOf(' ') + 1), (_, part: unknown) =>
        typeof part === 'string' ? part.replace(from, to) : part,
      );
      const json = JSON.stringify(value);
      return `${crc32(json).toString(16).padStart(8, '0')} ${json}`;
    })
    .join('\n');
}
