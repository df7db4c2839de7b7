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
  batchDoneTitle: 'Transfers finished',
  batchFailedTitle: 'Transfers finished, not all of them',
  connectTitle: 'Connect to OpenRouter',
  environmentErrorTitle: 'The key from the environment cannot be used',
  environmentErrorText:
    'OPENROUTER_API_KEY or OPENROUTER_BASE_URL is not valid: an endpoint is an https address (http only on this computer), a key has no spaces. You can connect by hand instead.',
} as const;

/** Says how a batch of transfers ended, in a notification. */
export function toBatchText(doneCount: number, failedCount: number): string {
  const done = doneCount === 1 ? '1 file is done.' : `${doneCount} files are done.`;
  if (failedCount === 0) return done;
  return `${done} ${failedCount === 1 ? '1 needs' : `${failedCount} need`} your attention.`;
}
