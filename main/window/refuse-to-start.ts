import { app, dialog } from 'electron';
import { nativeTexts, toDataFolderErrorText } from '#app/texts/native-texts.ts';

/** Without a place for its records the app would forget what it has sent and what it was told to delete. */
export function refuseToStart(cause: Error): void {
  dialog.showErrorBox(
    nativeTexts.dataFolderErrorTitle,
    toDataFolderErrorText(app.getPath('userData'), cause.message),
  );
  app.exit(1);
}
