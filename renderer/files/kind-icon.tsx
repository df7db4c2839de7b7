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

const ICONS: Readonly<Record<FileKind, { readonly Icon: LucideIcon; readonly tone: string }>> = {
  pdf: { Icon: FileType, tone: 'pdf' },
  image: { Icon: FileImage, tone: 'image' },
  audio: { Icon: FileAudio, tone: 'audio' },
  document: { Icon: FileText, tone: 'office' },
  spreadsheet: { Icon: FileSpreadsheet, tone: 'image' },
  presentation: { Icon: FileChartPie, tone: 'pdf' },
  json: { Icon: FileBraces, tone: 'data' },
  csv: { Icon: FileSpreadsheet, tone: 'data' },
  markdown: { Icon: FileText, tone: 'text' },
  text: { Icon: FileText, tone: 'text' },
  other: { Icon: File, tone: 'text' },
};

/** Draws the icon of a kind of file; decoration only, the kind stands beside it in words. */
export function KindIcon({ kind, size = 16 }: { readonly kind: FileKind; readonly size?: number }) {
  const { Icon, tone } = ICONS[kind];
  return <Icon size={size} strokeWidth={1.75} className={`kind-icon kind-icon-${tone}`} aria-hidden="true" />;
}
