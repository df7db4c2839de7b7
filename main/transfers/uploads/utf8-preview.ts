import type { Utf8Preview } from '#app/transfers/utf8-copy.ts';
import { MAX_PREVIEW_CHARACTERS, MAX_PREVIEW_LINES } from '#app/transfers/utf8-copy.ts';
import { createDecoder } from './content/decode-text.ts';
import { renameEncoding } from './content/rename-encoding.ts';
import type { ForeignText } from './convert-to-utf8.ts';
import { readFully } from './source-file.ts';
import { openSource } from './upload-source.ts';

/** More than the lines of a preview have in any encoding. */
const PREVIEW_BYTES = 16 * 1024;

/** Reads how the UTF-8 copy of a text begins. Throws the AppFailures fileMissing, fileUnreadable and fileChanged. */
export async function readUtf8Preview(source: ForeignText): Promise<Utf8Preview> {
  const { file, sizeBytes } = await openSource(source);
  try {
    const head = Buffer.alloc(Math.min(sizeBytes, PREVIEW_BYTES));
    await readFully(file, head, 0);
    const decoder = createDecoder(source.encoding);
    const isWhole = head.length === sizeBytes;
    const text = renameEncoding(decoder.push(head) + (isWhole ? decoder.end() : ''));
    const shown = toFirstLines(text);
    return { text: shown, isWhole: isWhole && shown.length === text.length };
  } finally {
    file.close();
  }
}

function toFirstLines(text: string): string {
  const characters = Array.from(text.slice(0, 2 * MAX_PREVIEW_CHARACTERS)).slice(0, MAX_PREVIEW_CHARACTERS);
  return characters.join('').split('\n', MAX_PREVIEW_LINES).join('\n');
}
