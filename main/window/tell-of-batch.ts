import { Notification } from 'electron';
import { nativeTexts, toBatchText } from '#app/texts/native-texts.ts';
import type { BatchResult } from '../transfers/batch.ts';
import type { Windows } from './windows.ts';

/** Tells of transfers that have ended, unless the person has the window before them. */
export function tellOfBatch(
  { doneCount, failedCount }: BatchResult,
  windows: Pick<Windows, 'filesWindow' | 'focus'>,
): void {
  if (windows.filesWindow()?.isFocused() || !Notification.isSupported()) return;
  const notification = new Notification({
    title: failedCount === 0 ? nativeTexts.batchDoneTitle : nativeTexts.batchFailedTitle,
    body: toBatchText(doneCount, failedCount),
  });
  notification.on('click', windows.focus);
  notification.show();
}
