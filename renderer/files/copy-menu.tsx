import { Braces, ChevronDown, Copy, FileCode, Hash, MessageSquareText, SquareTerminal } from 'lucide-react';
import type { ReactNode } from 'react';
import type { SnippetFormat } from '#app/files/file-details.ts';
import type { FileTarget } from '#app/files/selection.ts';
import { texts } from '../texts/texts.ts';
import { MenuButton } from '../ui/menu-button.tsx';
import { copyFiles } from './copy-files.ts';

const ICONS: Readonly<Record<SnippetFormat, ReactNode>> = {
  ids: <Hash size={16} aria-hidden="true" />,
  curl: <SquareTerminal size={16} aria-hidden="true" />,
  typescript: <Braces size={16} aria-hidden="true" />,
  python: <FileCode size={16} aria-hidden="true" />,
  messagePart: <MessageSquareText size={16} aria-hidden="true" />,
};

const FORMATS = ['ids', 'curl', 'typescript', 'python', 'messagePart'] as const;

/** Which files, and how the button looks: with its words, or as an icon whose name says more. */
export interface CopyMenuProps {
  readonly target: FileTarget;
  readonly look: 'plain' | 'icon';
}

/** Draws the button that copies files for use in a program, in one of several forms. */
export function CopyMenu({ target, look }: CopyMenuProps) {
  const words = texts.details.copy;
  const actions = FORMATS.map((format) => ({
    id: format,
    label: words.formats[format],
    icon: ICONS[format],
    onAction: () => void copyFiles(target, format),
  }));
  if (look === 'icon') {
    return (
      <MenuButton label={words.selectionMenu} actions={actions} hintEdge="start">
        <Copy size={14} />
      </MenuButton>
    );
  }
  return (
    <MenuButton label={words.menu} look="plain" actions={actions}>
      {words.menu}
      <ChevronDown size={14} aria-hidden="true" />
    </MenuButton>
  );
}
