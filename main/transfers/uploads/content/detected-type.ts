import type { ContentKind } from '#app/files/content-kind.ts';
import { toContentKind } from './mime-kinds.ts';

/** What file-type finds in a head. */
export interface DetectedType {
  /** Null for a type that the server documents, though the content does not follow the rules for it. */
  readonly contentKind: ContentKind | null;
  /** Whether its mark is so short, or so much like words, that a text may begin with it. */
  readonly isWeak: boolean;
}

/** Types that file-type knows by two or three bytes, or by words. */
const WEAK: ReadonlySet<string> = new Set([
  'application/eps',
  'application/postscript',
  'application/rtf',
  'application/x-apple-diskimage',
  'application/x-arj',
  'application/x-bzip2',
  'application/x-compress',
  'application/x-cpio',
  'application/x-ms-regedit',
  'application/x-msdownload',
  'application/x-shockwave-flash',
  'application/xml',
  'audio/aac',
  'audio/aiff',
  'audio/mpeg',
  'audio/vnd.dolby.dd-raw',
  'audio/x-musepack',
  'image/bmp',
  'image/gif',
  'image/vnd.ms-photo',
  'model/stl',
  'text/calendar',
  'text/vcard',
  'text/vtt',
]);

/** The types that the server documents, as file-type calls them. */
const DOCUMENTED: ReadonlySet<string> = new Set([
  'image/png',
  'image/apng',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'audio/mpeg',
  'audio/wav',
  'audio/flac',
  'audio/ogg',
  'audio/ogg; codecs=opus',
]);

/** Loaded with the first file that needs it, as its hundreds of rules have no place in the app's start; kept, as each import costs more than a judgement. */
let loadedFileType: Promise<typeof import('file-type/core')> | null = null;

/** Finds the type of content by its magic numbers; null when file-type knows none. */
export async function detectType(head: Uint8Array): Promise<DetectedType | null> {
  loadedFileType ??= import('file-type/core');
  const { fileTypeFromBuffer } = await loadedFileType;
  try {
    const mimeType = (await fileTypeFromBuffer(head))?.mime;
    if (mimeType === undefined) return null;
    const contentKind = DOCUMENTED.has(mimeType) ? null : toContentKind(mimeType);
    return { contentKind, isWeak: WEAK.has(mimeType) };
  } catch {
    // Broken content can break the library's parsers in ways it does not list; such content has no known type.
    return null;
  }
}
