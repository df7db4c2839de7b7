import { type BrowserWindow, dialog, type MessageBoxOptions } from 'electron';
import { nativeTexts, toQuitText, toQuitTitle, type UnfinishedWork } from '#app/texts/native-texts.ts';
import type { QuitAnswer } from './finish-before-quit.ts';

/** The answers and their buttons, in their order. */
type Buttons = readonly (readonly [QuitAnswer, string])[];

const WITH_WORK: Buttons = [
  ['wait', nativeTexts.quitWhenDoneButton],
  ['stop', nativeTexts.stopAndQuitButton],
  ['cancel', nativeTexts.cancelButton],
];
/** Of what can still be taken back nothing needs to be waited for. */
const IN_GRACE_PERIOD: Buttons = [
  ['stop', nativeTexts.quitButton],
  ['cancel', nativeTexts.stayButton],
];

/** Asks a person who quits while work is under way, in a dialog of the window if there is one. */
export async function askToQuit(
  window: BrowserWindow | undefined,
  work: UnfinishedWork,
): Promise<QuitAnswer> {
  const buttons = work.hasTransfers || work.isDeleting ? WITH_WORK : IN_GRACE_PERIOD;
  const indexOf = (wanted: QuitAnswer) => buttons.findIndex(([answer]) => answer === wanted);
  const options: MessageBoxOptions = {
    type: 'question',
    message: toQuitTitle(work),
    detail: toQuitText(work),
    buttons: buttons.map(([, button]) => button),
    defaultId: indexOf('stop'),
    cancelId: indexOf('cancel'),
  };
  const { response } = window
    ? await dialog.showMessageBox(window, options)
    : await dialog.showMessageBox(options);
  return buttons[response]?.[0] ?? 'cancel';
}
