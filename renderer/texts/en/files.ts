import type { FileKind } from '#app/files/file-kind.ts';
import { formatCount, plural } from '../format.ts';

const kinds: Readonly<Record<FileKind, string>> = {
  pdf: 'PDF',
  image: 'Image',
  audio: 'Audio',
  document: 'Document',
  spreadsheet: 'Spreadsheet',
  presentation: 'Presentation',
  json: 'JSON',
  csv: 'CSV',
  markdown: 'Markdown',
  text: 'Text',
  other: 'Other',
};

/** The words of the table, its toolbar, its pages and the details. */
export const filesTexts = {
  kinds,
  toolbar: {
    upload: 'Upload',
    moreUploads: 'More ways to upload',
    uploadFiles: 'Upload files…',
    uploadFolder: 'Upload folder…',
    save: 'Save',
    delete: 'Delete',
    refresh: 'Refresh',
    search: 'Search files',
    searchHint: 'Search',
    clearSearch: 'Clear search',
    showDetails: 'Show details',
    hideDetails: 'Hide details',
  },
  grid: {
    label: 'Files',
    name: 'Name',
    kind: 'Kind',
    size: 'Size',
    created: 'Created',
    saveable: 'Saveable',
    selectAll: 'Select all',
    select: (name: string) => `Select ${name}`,
    isSaveable: 'Yes',
    isNotSaveable: 'No',
    saveableHint: 'Generated at OpenRouter: can be saved to this computer',
    notSaveableHint: 'Uploaded: OpenRouter never gives uploads back',
    deleting: 'Being deleted',
  },
  pages: {
    label: 'Pages',
    first: 'First page',
    previous: 'Previous page',
    next: 'Next page',
    last: 'Last page',
    rowsPerPage: 'Rows per page',
    range: (from: number, to: number, total: number, isGrowing: boolean) =>
      isGrowing
        ? `${formatCount(from)}–${formatCount(to)} of ${formatCount(total)}+`
        : `${formatCount(from)}–${formatCount(to)} of ${formatCount(total)}`,
  },
  selection: {
    summary: (count: number, size: string) =>
      plural(count, { one: `# file selected, ${size}`, other: `# files selected, ${size}` }),
    clear: 'Clear selection',
    cleared: 'Selection cleared',
    found: (count: number) => plural(count, { one: '# file found', other: '# files found' }),
    foundSoFar: (count: number) =>
      plural(count, { one: '# file found so far…', other: '# files found so far…' }),
  },
  states: {
    loading: 'Reading the list of files…',
    emptyTitle: 'Drop files here',
    emptyDetail: 'Or choose them from this computer.',
    emptyLimits:
      'Up to 100 MiB each: PDF, images, Office documents, audio and UTF-8 text. Uploads cannot be downloaded again, so keep your own copies.',
    noResultsTitle: (search: string) => `No file matches “${search}”`,
    noResultsYet: (knownFiles: number) =>
      plural(knownFiles, {
        one: 'No match among the # file read so far…',
        other: 'No match among the # files read so far…',
      }),
    noResultsDetail: 'Search looks for every word in the names, or for a whole ID.',
    retry: 'Try again',
    unreadable: (count: number) =>
      plural(count, {
        one: '# entry could not be read and is not shown',
        other: '# entries could not be read and are not shown',
      }),
  },
  details: {
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
    copyId: 'Copy ID',
    copyIds: 'Copy IDs',
    copied: (count: number) => plural(count, { one: 'ID copied', other: '# IDs copied' }),
    save: 'Save…',
    delete: 'Delete…',
    deletedElsewhere: 'Deleted elsewhere',
    deletedElsewhereDetail: (name: string) => `“${name}” is no longer stored at OpenRouter.`,
    many: (count: number) => plural(count, { one: '# file', other: '# files' }),
    totalSize: 'Total size',
    kinds: 'Kinds',
    saveableCount: (count: number, total: number) => `${formatCount(count)} of ${formatCount(total)}`,
  },
  save: {
    someGone: (count: number) =>
      plural(count, {
        one: '# file no longer exists and is left out',
        other: '# files no longer exist and are left out',
      }),
    notSaveable: (name: string) => `“${name}” cannot be saved`,
    noneSaveable: (count: number) =>
      plural(count, { one: '# file cannot be saved', other: 'None of these # files can be saved' }),
    notSaveableDetail:
      'It was uploaded. Uploads cannot be downloaded from OpenRouter again; only files that were generated there can.',
    noneSaveableDetail:
      'They were uploaded. Uploads cannot be downloaded from OpenRouter again; only files that were generated there can.',
    someLeftOut: (count: number) =>
      plural(count, {
        one: '# file is left out: uploads cannot be downloaded from OpenRouter',
        other: '# files are left out: uploads cannot be downloaded from OpenRouter',
      }),
  },
};
