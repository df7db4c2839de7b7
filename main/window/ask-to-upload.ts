import { basename } from 'node:path';
import { type BrowserWindow, dialog, type MessageBoxOptions } from 'electron';
import { nativeTexts, toGivenFilesText, toGivenFilesTitle } from '#app/texts/native-texts.ts';

/** Asks whether files are to be uploaded that a start of the app was given. */
export async function askToUpload(
  window: BrowserWindow | undefined,
  paths: readonly string[],
): Promise<boolean> {
  const names = paths.map((path) => basename(path));
  const options: MessageBoxOptions = {
    type: 'question',
    message: toGivenFilesTitle(names),
    detail: toGivenFilesText(names),
    buttons: [nativeTexts.uploadButton, nativeTexts.cancelButton],
    defaultId: 1,
    cancelId: 1,
  };
  const { response } = window
    ? await dialog.showMessageBox(window, options)
    : await dialog.showMessageBox(options);
  return response === 0;
}
