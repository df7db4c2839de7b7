/** The words of the system's dialogs and title bars, which main opens; those of the pages are in `renderer/texts`. */
export const nativeTexts = {
  saveFileTitle: 'Save file',
  saveButton: 'Save',
  uploadFolderTitle: 'Choose a folder to upload',
  uploadButton: 'Upload',
  replaceTitle: 'Choose a replacement',
  replaceButton: 'Replace',
  quitText:
    'You can wait until everything is done, or stop now. Stopped transfers continue the next time you open the app.',
  quitInGracePeriodText:
    'Nothing has been deleted yet. If you stay, the files are deleted when the undo period ends.',
  quitWhenDoneButton: 'Quit when done',
  stopAndQuitButton: 'Stop and quit',
  cancelButton: 'Cancel',
  quitButton: 'Quit',
  stayButton: 'Stay',
  connectTitle: 'Connect to OpenRouter',
  pageDiedTitle: 'This window stopped working',
  pageDiedText:
    'Transfers and deletions are not affected: they continue in the background. Reload the window to see them. If this keeps happening, restart the app.',
  reloadButton: 'Reload',
  notNowButton: 'Not now',
  dataFolderErrorTitle: 'Files for OpenRouter can’t start',
  newerRecordsText:
    'Your transfers and deletions were last saved by a newer version of the app, which this version can’t read. Nothing was changed. Install the latest version, then start it again.',
  environmentErrorTitle: 'The key from the environment cannot be used',
  environmentErrorText:
    'OPENROUTER_API_KEY or OPENROUTER_BASE_URL is not valid: an endpoint is an https address (http only on this computer) without a query or a path such as /files, a key has no spaces. You can connect by hand instead.',
} as const;

/** Says that the app's data folder cannot be written to, with what the system says of it. */
export function toDataFolderErrorText(folder: string, cause: string): string {
  return `The app can’t write to its data folder, so it couldn’t remember your transfers:\n\n${folder}\n\nCheck that the folder exists, belongs to you and isn’t on a read-only disk. Then start the app again.\n\n${cause}`;
}

/** Longer lists of names make a dialog taller than a screen. */
const MAX_NAMES = 10;

/** Asks in the title of a dialog whether what a start of the app was given is to be uploaded. */
export function toGivenFilesTitle(names: readonly string[]): string {
  const [name = ''] = names;
  return names.length === 1 ? `Upload “${name}”?` : `Upload ${toCount(names.length)} items?`;
}

/** Names what a start of the app was given, and says what follows. */
export function toGivenFilesText(names: readonly string[]): string {
  const shown = names.length === 1 ? [] : names.slice(0, MAX_NAMES);
  const hidden = names.length === 1 ? 0 : names.length - shown.length;
  const list = hidden > 0 ? [...shown, `and ${toCount(hidden)} more`] : shown;
  const meaning =
    'Another program opened this with Files for OpenRouter. Nothing is sent unless you choose Upload.';
  return [meaning, ...(list.length > 0 ? ['', ...list] : [])].join('\n');
}

/** Says how many files are going to be saved, where a folder for them is chosen. */
export function toSaveFolderTitle(count: number): string {
  return `Choose a folder to save ${toCount(count)} files into`;
}

/** What a person who quits would leave behind. */
export interface UnfinishedWork {
  readonly hasTransfers: boolean;
  /** Whether files are being deleted. */
  readonly isDeleting: boolean;
  /** Files whose deletion can still be taken back. */
  readonly waitingCount: number;
}

/** Says in the title of the question before quitting what is under way. */
export function toQuitTitle({ hasTransfers, isDeleting, waitingCount }: UnfinishedWork): string {
  if (hasTransfers && isDeleting) return 'Transfers and a deletion are under way';
  if (hasTransfers) return 'Transfers are under way';
  if (isDeleting) return 'Files are being deleted';
  return waitingCount === 1
    ? '1 file will not be deleted if you quit now'
    : `${toCount(waitingCount)} files will not be deleted if you quit now`;
}

/** Says what quitting means for what is under way, and for files whose deletion can still be taken back. */
export function toQuitText({ hasTransfers, isDeleting, waitingCount }: UnfinishedWork): string {
  const [some, their] =
    waitingCount === 1 ? ['1 file', 'it stays'] : [`${toCount(waitingCount)} files`, 'they stay'];
  if (!hasTransfers && !isDeleting) {
    return nativeTexts.quitInGracePeriodText;
  }
  const kept =
    waitingCount === 0 ? '' : ` ${some} would not be deleted yet: if you stop now, ${their} on the server.`;
  return `${nativeTexts.quitText}${kept}`;
}

function toCount(count: number): string {
  return new Intl.NumberFormat('en').format(count);
}

/** How many transfers of a batch came to which end. */
interface BatchCounts {
  readonly doneCount: number;
  readonly attentionCount: number;
  readonly waitingCount: number;
}

/** Says in a notification's title how a batch of transfers came to rest. */
export function toBatchTitle({ attentionCount, waitingCount }: BatchCounts): string {
  if (waitingCount > 0) return 'Transfers have stopped';
  return attentionCount > 0 ? 'Transfers finished with problems' : 'Transfers finished';
}

/** Says how a batch of transfers came to rest: "12 files are done. 1 needs your attention." */
export function toBatchText({ doneCount, attentionCount, waitingCount }: BatchCounts): string {
  const parts = [
    ...(doneCount > 0 ? [doneCount === 1 ? '1 file is done.' : `${doneCount} files are done.`] : []),
    ...(attentionCount > 0
      ? [attentionCount === 1 ? '1 needs your attention.' : `${attentionCount} need your attention.`]
      : []),
    ...(waitingCount > 0 ? [waitingCount === 1 ? '1 waits for you.' : `${waitingCount} wait for you.`] : []),
  ];
  return parts.join(' ');
}
