import { type BrowserWindow, dialog, type MessageBoxOptions } from 'electron';
import { nativeTexts } from '#app/texts/native-texts.ts';
import type { QuitAnswer } from './finish-before-quit.ts';

/** In the order of the buttons. */
const ANSWERS: readonly QuitAnswer[] = ['wait', 'stop', 'cancel'];

/** Asks a person who quits while transfers are under way, in a dialog of the window if there is one. */
export async function askToQuit(window: BrowserWindow | undefined): Promise<QuitAnswer> {
  const options: MessageBoxOptions = {
    type: 'question',
    message: nativeTexts.quitTitle,
    detail: nativeTexts.quitText,
    buttons: [nativeTexts.quitWhenDoneButton, nativeTexts.stopAndQuitButton, nativeTexts.cancelButton],
    defaultId: ANSWERS.indexOf('stop'),
    cancelId: ANSWERS.indexOf('cancel'),
  };
  const { response } = window
    ? await dialog.showMessageBox(window, options)
    : await dialog.showMessageBox(options);
  return ANSWERS[response] ?? 'cancel';
}
