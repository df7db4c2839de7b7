import type { ContentKind } from '#app/files/content-kind.ts';

/** Types that file-type names and whose first word does not tell their kind. */
const KINDS: Readonly<Record<string, ContentKind>> = {
  'application/zip': 'zip',
  'application/x-tar': 'archive',
  'application/gzip': 'archive',
  'application/x-bzip2': 'archive',
  'application/x-xz': 'archive',
  'application/zstd': 'archive',
  'application/x-7z-compressed': 'archive',
  'application/x-rar-compressed': 'archive',
  'application/x-unix-archive': 'archive',
  'application/x-compress': 'archive',
  'application/x-lzip': 'archive',
  'application/x-lz4': 'archive',
  'application/x-arj': 'archive',
  'application/x-cpio': 'archive',
  'application/x-ace-compressed': 'archive',
  'application/x-lzh-compressed': 'archive',
  'application/x-asar': 'archive',
  'application/vnd.ms-cab-compressed': 'archive',
  'application/x-deb': 'archive',
  'application/x-rpm': 'archive',
  'application/x-apple-diskimage': 'diskImage',
  'application/x-msdownload': 'program',
  'application/x-elf': 'program',
  'application/x-mach-binary': 'program',
  'application/wasm': 'program',
  'application/java-vm': 'program',
  'application/java-archive': 'program',
  'application/vnd.android.package-archive': 'program',
  'application/x-shockwave-flash': 'program',
  'application/x-google-chrome-extension': 'program',
  'application/x-cfb': 'oldOffice',
  'application/vnd.visio': 'visioDrawing',
  'application/epub+zip': 'ebook',
  'application/x-mobipocket-ebook': 'ebook',
  'application/x-sqlite3': 'database',
  'application/vnd.apache.parquet': 'database',
  'application/vnd.apache.arrow.file': 'database',
  'application/avro': 'database',
  'application/x-spss-sav': 'database',
  'application/x-ft-windows-registry-hive': 'database',
  'application/x-indesign': 'image',
  'application/dicom': 'image',
  'application/mxf': 'video',
  'application/vnd.ms-asf': 'video',
  'application/vnd.rn-realmedia': 'video',
  'application/ogg': 'audio',
  'application/vnd.ms-fontobject': 'font',
  'application/x.autodesk.fbx': 'model',
  'application/vnd.sketchup.skp': 'model',
  'application/x-blender': 'model',
};

const FAMILIES: readonly ContentKind[] = ['video', 'image', 'audio', 'font', 'model'];

/** Gives the kind of content that the server refuses, by the MIME type that file-type found. */
export function toContentKind(mimeType: string): ContentKind {
  const family = mimeType.split('/', 1)[0];
  return KINDS[mimeType] ?? FAMILIES.find((kind) => kind === family) ?? 'unknown';
}
