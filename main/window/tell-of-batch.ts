import { Notification } from 'electron';
import { toBatchText, toBatchTitle } from '#app/texts/native-texts.ts';
import type { BatchResult } from '../transfers/batch.ts';
import { createKeeper } from './keep-open.ts';
import type { Windows } from './windows.ts';

const keep = createKeeper();

/** Tells of transfers that have ended, or cannot go on without a person, unless the person has the window before them. */
export function tellOfBatch(result: BatchResult, windows: Pick<Windows, 'filesWindow' | 'focus'>): void {
  if (windows.filesWindow()?.isFocused() || !Notification.isSupported()) return;
  const notification = new Notification({ title: toBatchTitle(result), body: toBatchText(result) });
  keep(notification);
  notification.on('click', windows.focus);
  notification.show();
}
