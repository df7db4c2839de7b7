import { type BrowserWindow, dialog } from 'electron';
import { nativeTexts } from '#app/texts/native-texts.ts';

/** Asks in the system's dialog for the file that takes the place of one on the server; null when none was chosen. */
export async function chooseReplacement(window: BrowserWindow): Promise<string | null> {
  const answer = await dialog.showOpenDialog(window, {
    title: nativeTexts.replaceTitle,
    buttonLabel: nativeTexts.replaceButton,
    properties: ['openFile'],
  });
  return answer.filePaths[0] ?? null;
}
