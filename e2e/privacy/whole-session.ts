import { join } from 'node:path';
import { expect } from '@playwright/test';
import { dropFiles } from '../harness/drop-files.ts';
import type { RunningApp } from '../harness/launch-app.ts';
import { writeLocalFile } from '../harness/local-files.ts';
import { answerDialogs } from '../harness/native-dialogs.ts';
import type { Profile } from '../harness/profile.ts';
import type { FilesWindow } from '../pages/files-window.ts';
import { createBufferContent } from '../server/content.ts';
import type { LocalServer } from '../server/server.ts';

/** What a session is gone through with. */
export interface SessionParts {
  /** Started without a key. */
  readonly app: RunningApp;
  readonly server: LocalServer;
  readonly profile: Profile;
}

/** The grace period of a deletion is 10 s; then the server is asked. */
const DELETION_DEADLINE_MS = 30_000;

/** Connects, lists, uploads, downloads and deletes, once each, and gives the window. */
export async function goThroughSession({ app, server, profile }: SessionParts): Promise<FilesWindow> {
  server.files.add({
    name: 'generated.txt',
    content: createBufferContent(Buffer.from('A generated file.\n')),
  });
  const connect = await app.connectWindow();
  // Nothing is left in the keychain then.
  await connect.remember.uncheck();
  await connect.submit({ key: server.apiKey, endpoint: server.baseUrl });
  const files = await app.filesWindow();
  await expect(files.table.row('generated.txt')).toBeVisible();
  const { path } = await writeLocalFile(profile, 'upload.txt');
  await dropFiles(files.page, [path]);
  await files.transfers.expectState('upload.txt', 'Done');
  // Its row moves the others, and a click meant for one of them would meet another.
  await expect(files.table.row('upload.txt')).toBeVisible();
  await answerDialogs(app.electron, { save: join(profile.saveFolder, 'saved.txt') });
  await files.table.row('generated.txt').click();
  await files.save.click();
  await files.transfers.expectState('saved.txt', 'Done');
  await files.table.row('upload.txt').click();
  await files.delete.click();
  await files.dialogDelete.click();
  await server.waitFor(
    ({ operation, status }) => operation === 'delete' && status === 200,
    DELETION_DEADLINE_MS,
  );
  return files;
}
