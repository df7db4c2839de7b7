import type { LocalCopy, SnippetFormat } from '#app/files/file-details.ts';
import { formatCount, plural } from '../format.ts';

/** The forms in which files can be copied, as lines of a menu. */
const formats: Readonly<Record<SnippetFormat, string>> = {
  ids: 'IDs',
  curl: 'curl commands',
  typescript: 'TypeScript (SDK)',
  python: 'Python',
  messagePart: 'Message content part',
};

/** What was copied, of how many files. */
const copied: Readonly<Record<SnippetFormat, (count: number) => string>> = {
  ids: (count) => plural(count, { one: 'ID copied', other: '# IDs copied' }),
  curl: (count) => plural(count, { one: 'curl command copied', other: 'curl commands for # files copied' }),
  typescript: (count) =>
    plural(count, { one: 'TypeScript for # file copied', other: 'TypeScript for # files copied' }),
  python: (count) => plural(count, { one: 'Python for # file copied', other: 'Python for # files copied' }),
  messagePart: (count) =>
    plural(count, { one: 'Message content part copied', other: '# message content parts copied' }),
};

/** How a file on this computer came to have the same content, and when. */
const localOrigin: Readonly<Record<LocalCopy['origin'], (when: string) => string>> = {
  uploaded: (when) => `Uploaded from this computer on ${when}.`,
  saved: (when) => `Saved to this computer on ${when}.`,
};

/** The words of the details of the selection, and of what can be done with files from there. */
export const detailsTexts = {
  label: 'Details',
  close: 'Close details',
  none: 'Select a file to see its details.',
  id: 'ID',
  kind: 'Kind',
  mimeType: 'Type',
  size: 'Size',
  sizeWithBytes: (size: string, bytes: string) => `${size} (${bytes})`,
  created: 'Created',
  saveable: 'Saveable',
  isSaveable: 'Yes. It was generated at OpenRouter and can be saved to this computer.',
  isNotSaveable: 'No. It was uploaded, and OpenRouter never gives uploads back.',
  save: 'Save…',
  replace: 'Replace…',
  delete: 'Delete…',
  deletedElsewhere: 'Deleted elsewhere',
  deletedElsewhereDetail: (name: string) => `“${name}” is no longer stored at OpenRouter.`,
  notDeleted: 'It was not deleted',
  isDeleting: 'It is being deleted.',
  many: (count: number) => plural(count, { one: '# file', other: '# files' }),
  inFolder: (count: number) => plural(count, { one: '# file below it', other: '# files below it' }),
  totalSize: 'Total size',
  kinds: 'Kinds',
  kindCount: (count: number, size: string) =>
    plural(count, { one: `# file, ${size}`, other: `# files, ${size}` }),
  saveableCount: (count: number, total: number) => `${formatCount(count)} of ${formatCount(total)}`,
  local: {
    label: 'On this computer',
    origin: localOrigin,
    unchanged: 'Unchanged since.',
    changed: 'Changed or moved since.',
    sha256: 'SHA-256',
    copySha256: 'Copy SHA-256',
    sha256Copied: 'SHA-256 copied',
    show: 'Show on this computer',
  },
  copy: {
    copyId: 'Copy ID',
    copyIds: 'Copy IDs',
    menu: 'Copy as…',
    selectionMenu: 'Copy selection as…',
    formats,
    copied,
    withoutKey: 'The API key is not in it.',
    keyFromEnvironment: 'The API key is not in it: it is read from OPENROUTER_API_KEY.',
  },
  replacing: {
    queued: (name: string) => `A new “${name}” is being uploaded`,
    queuedDetail: 'The old file is deleted only when the new one is confirmed.',
  },
  drag: {
    nothing: 'Nothing to drag out',
    leftOut: (count: number, total: number) =>
      plural(count, {
        one: `# of ${formatCount(total)} files is left out`,
        other: `# of ${formatCount(total)} files are left out`,
      }),
    detail:
      'Only files that are on this computer, as they were when they were uploaded or saved, can be dragged to another program.',
    canSave: (count: number) =>
      plural(count, {
        one: '# file can be saved to this computer first.',
        other: '# files can be saved to this computer first.',
      }),
    save: 'Save…',
  },
};
