/** The words of the system's dialogs and title bars, which main opens; those of the pages are in `renderer/texts`. */
export const nativeTexts = {
  saveFileTitle: 'Save file',
  saveFolderTitle: 'Choose a folder to save into',
  saveButton: 'Save',
  uploadFolderTitle: 'Choose a folder to upload',
  uploadButton: 'Upload',
  quitTitle: 'Transfers are under way',
  quitText:
    'You can wait until they are done, or stop them now. What is stopped is kept, and goes on the next time the app starts.',
  quitWhenDoneButton: 'Quit when done',
  stopAndQuitButton: 'Stop and quit',
  cancelButton: 'Cancel',
  connectTitle: 'Connect to OpenRouter',
  environmentErrorTitle: 'The key from the environment cannot be used',
  environmentErrorText:
    'OPENROUTER_API_KEY or OPENROUTER_BASE_URL is not valid: an endpoint is an https address (http only on this computer), a key has no spaces. You can connect by hand instead.',
} as const;

/** How many transfers of a batch came to which end. */
interface BatchCounts {
  readonly doneCount: number;
  readonly attentionCount: number;
  readonly waitingCount: number;
}

/** Says in a notification's title how a batch of transfers came to rest. */
export function toBatchTitle({ attentionCount, waitingCount }: BatchCounts): string {
  if (waitingCount > 0) return 'Transfers have stopped';
  return attentionCount > 0 ? 'Transfers finished, not all of them' : 'Transfers finished';
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
