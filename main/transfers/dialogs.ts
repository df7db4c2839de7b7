import { join } from 'node:path';
import { type BrowserWindow, dialog } from 'electron';
import type { RemoteFile } from '#app/files/remote-file.ts';
import { nativeTexts, toSaveFolderTitle } from '#app/texts/native-texts.ts';
import { patientDisk } from '../disk/patient-disk.ts';
import { toDistinctLocalNames, toLocalName } from './saves/local-name.ts';
import { type SaveTarget, toSaveTarget } from './saves/save-target.ts';

/** Asks in the system's dialogs where files shall be saved: one file by name, many into one folder. */
export async function chooseSaveTargets(
  window: BrowserWindow,
  defaultFolder: string,
  files: readonly RemoteFile[],
): Promise<readonly SaveTarget[] | null> {
  const [first] = files;
  if (files.length === 1 && first) {
    const answer = await dialog.showSaveDialog(window, {
      title: nativeTexts.saveFileTitle,
      buttonLabel: nativeTexts.saveButton,
      defaultPath: join(defaultFolder, toLocalName(first.name)),
      // Without this, GTK's dialog replaces an existing file without a word.
      properties: ['showOverwriteConfirmation', 'createDirectory'],
    });
    if (answer.canceled || answer.filePath === '') return null;
    return [await toSaveTarget(answer.filePath)];
  }
  const folder = await chooseFolder(window, toSaveFolderTitle(files.length), nativeTexts.saveButton);
  if (folder === null) return null;
  // A folder that cannot be listed may still be written to; a name that is taken is seen again when it is given.
  const taken = await patientDisk.readFolder(folder).catch(() => []);
  return toDistinctLocalNames(
    files.map((file) => file.name),
    taken.map(({ name }) => name),
  ).map((name) => ({ path: join(folder, name), replaces: null }));
}

/** Asks for a folder to upload. */
export function chooseUploadFolder(window: BrowserWindow): Promise<string | null> {
  return chooseFolder(window, nativeTexts.uploadFolderTitle, nativeTexts.uploadButton);
}

async function chooseFolder(
  window: BrowserWindow,
  title: string,
  buttonLabel: string,
): Promise<string | null> {
  const answer = await dialog.showOpenDialog(window, {
    title,
    // macOS gives the dialog no title.
    message: title,
    buttonLabel,
    properties: ['openDirectory', 'createDirectory'],
  });
  return answer.filePaths[0] ?? null;
}
