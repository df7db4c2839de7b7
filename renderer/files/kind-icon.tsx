import {
  File,
  FileAudio,
  FileBraces,
  FileChartPie,
  FileImage,
  FileSpreadsheet,
  FileText,
  FileType,
  type LucideIcon,
} from 'lucide-react';
import type { FileKind } from '#app/files/file-kind.ts';
import './kind-icon.css';

const ICONS: Readonly<Record<FileKind, LucideIcon>> = {
  pdf: FileType,
  image: FileImage,
  audio: FileAudio,
  document: FileText,
  spreadsheet: FileSpreadsheet,
  presentation: FileChartPie,
  json: FileBraces,
  csv: FileSpreadsheet,
  markdown: FileText,
  text: FileText,
  other: File,
};

/** Draws the icon of a kind of file; decoration only, the kind stands beside it in words. */
export function KindIcon({ kind, size = 16 }: { readonly kind: FileKind; readonly size?: number }) {
  const Icon = ICONS[kind];
  return <Icon size={size} strokeWidth={1.75} className={`kind-icon kind-icon-${kind}`} aria-hidden="true" />;
}
