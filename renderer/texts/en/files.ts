import type { FileKind } from '#app/files/file-kind.ts';
import type { FileSortColumn } from '#app/files/file-query.ts';
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

/** How a screen reader is told the order of the table, by column: rising, and falling. */
const orders: Readonly<Record<FileSortColumn, { readonly rising: string; readonly falling: string }>> = {
  name: { rising: 'Sorted by name, A to Z', falling: 'Sorted by name, Z to A' },
  kind: { rising: 'Sorted by kind, A to Z', falling: 'Sorted by kind, Z to A' },
  size: { rising: 'Sorted by size, smallest first', falling: 'Sorted by size, largest first' },
  created: { rising: 'Sorted by date, oldest first', falling: 'Sorted by date, newest first' },
  saveable: { rising: 'Sorted, saveable files last', falling: 'Sorted, saveable files first' },
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
    columns: {
      name: 'Name',
      kind: 'Kind',
      size: 'Size',
      created: 'Created',
      saveable: 'Saveable',
    } satisfies Record<FileSortColumn, string>,
    orders,
    columnWidth: (column: string, pixels: number) => `${column}, ${formatCount(pixels)} pixels wide`,
    columnPlace: (column: string, place: number, count: number) =>
      `${column}, column ${formatCount(place)} of ${formatCount(count)}`,
    selectAll: 'Select all',
    select: (name: string) => `Select ${name}`,
    isSaveable: 'Yes',
    isNotSaveable: 'No',
    saveableHint: 'Generated at OpenRouter: can be saved to this computer',
    notSaveableHint: 'Uploaded: OpenRouter never gives uploads back',
    deleting: 'Being deleted',
    notDeleted: (reason: string) => `Not deleted: ${reason}`,
    folder: (path: string) => `Folder ${path}`,
    selectFolder: (path: string) => `Select folder ${path}`,
    unknownDate: 'Unknown',
    unknownDateHint: 'OpenRouter gave no date that can be read',
    namelessFolder: 'Folder without a name',
    namelessFile: 'File without a name',
    folderCount: (count: number) => plural(count, { one: '# file', other: '# files' }),
  },
  path: {
    label: 'Folders',
    top: 'All files',
    up: 'Up one folder',
    hidden: (count: number) => plural(count, { one: '# more folder', other: '# more folders' }),
    listing: 'Listing',
    folders: 'Folders',
    flat: 'Flat list',
    gone: (folder: string) => `The folder “${folder}” no longer exists`,
    amount: (count: number, size: string, isGrowing: boolean) =>
      isGrowing
        ? plural(count, { one: `#+ file, ${size}`, other: `#+ files, ${size}` })
        : plural(count, { one: `# file, ${size}`, other: `# files, ${size}` }),
    shown: (folder: string) => `Folder ${folder}`,
  },
  options: {
    label: 'Table options',
    columns: 'Columns',
    moveLeft: (column: string) => `Move ${column} left`,
    moveRight: (column: string) => `Move ${column} right`,
    reset: 'Reset columns',
    rows: 'Rows',
    comfortable: 'Comfortable',
    compact: 'Compact',
    dates: 'Dates',
    relative: 'Relative, such as “yesterday”',
    exact: 'Exact',
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
    wholePage: (count: number) =>
      plural(count, {
        one: 'The # file on this page is selected.',
        other: 'All # rows on this page are selected.',
      }),
    selectMatching: (count: number) =>
      plural(count, { one: 'Select the # file that matches', other: 'Select all # that match' }),
    found: (count: number) => plural(count, { one: '# file found', other: '# files found' }),
    foundSoFar: (count: number) =>
      plural(count, { one: '# file found so far…', other: '# files found so far…' }),
  },
  reading: {
    progress: (read: number, known: number) =>
      read < known
        ? `Loaded ${formatCount(read)} of about ${plural(known, { one: '# file', other: '# files' })}`
        : plural(read, { one: 'Loaded # file so far…', other: 'Loaded # files so far…' }),
    done: (count: number) => plural(count, { one: 'Loaded # file', other: 'Loaded # files' }),
  },
  states: {
    loading: 'Loading files…',
    emptyTitle: 'Drop files here',
    emptyDetail: 'Or choose them from this computer.',
    emptyLimits:
      'Up to 100 MiB each: PDF, images, Office documents, audio and UTF-8 text. Uploads cannot be downloaded again, so keep your own copies.',
    noResultsTitle: (search: string, folder: string | null) =>
      folder === null ? `No file matches “${search}”` : `No file in “${folder}” matches “${search}”`,
    noResultsYet: (knownFiles: number) =>
      plural(knownFiles, {
        one: 'No match in the # file loaded so far…',
        other: 'No match in the # files loaded so far…',
      }),
    noResultsDetail: 'Search looks for every word in the names, or for a whole ID.',
    noFilterResultsTitle: (folder: string | null) =>
      folder === null ? 'No file matches the filters' : `No file in “${folder}” matches the filters`,
    noFilterResultsDetail: 'Clear them to see all files again.',
    clearFilters: 'Clear filters',
    clearAll: 'Clear search and filters',
    unreadableTitle: (count: number) =>
      plural(count, { one: '# file could not be read', other: '# files could not be read' }),
    unreadableDetail:
      'OpenRouter listed nothing that this version of the app can show. Your files are still stored there. Refresh the list, or update the app.',
    retry: 'Try again',
    fromLastTime: 'Showing files from your last session.',
    beingChecked: 'Checking for changes…',
    stillFromLastTime: 'Showing files from your last session; changes since then could not be loaded.',
    full: (count: number) =>
      plural(count, {
        one: 'More than # file: the rest is not shown',
        other: 'More than # files: the rest is not shown',
      }),
    fullDetail: 'The app cannot load more. Search, totals and filters cover only the files shown.',
    unreadable: (count: number) =>
      plural(count, {
        one: '# entry could not be read and is not shown',
        other: '# entries could not be read and are not shown',
      }),
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
