import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect } from '@playwright/test';
import { dropFiles } from '../harness/drop-files.ts';
import { readKeptAccounts, readKeychainEntry } from '../harness/keychain.ts';
import type { RunningApp } from '../harness/launch-app.ts';
import { createText, PNG_BYTES, writeLocalFile } from '../harness/local-files.ts';
import { answerDialogs } from '../harness/native-dialogs.ts';
import type { Profile } from '../harness/profile.ts';
import type { ConnectWindow } from '../pages/connect-window.ts';
import type { FilesWindow } from '../pages/files-window.ts';
import type { LocalServer } from '../server/server.ts';
import type { Steps } from './steps.ts';

/** What the tour goes through. */
export interface TourParts {
  readonly app: RunningApp;
  readonly server: LocalServer;
  readonly profile: Profile;
  readonly steps: Steps;
}

const SAVED_NAME = 'reports/2026/q3-chart.png';
const DELETED_NAME = 'data/raw/customers.csv';
/** The grace period of a deletion is 10 s; then the server is asked. */
const DELETION_DEADLINE_MS = 20_000;

/** Takes all steps in turn; throws at the first that does not hold. */
export async function takeTour(parts: TourParts): Promise<void> {
  const connectWindow = await parts.app.connectWindow();
  await typeKey(parts, connectWindow);
  const filesWindow = await connect(parts, connectWindow);
  await showTable(parts, filesWindow);
  await uploadFiles(parts, filesWindow);
  await openDetails(parts, filesWindow);
  await saveFile(parts, filesWindow);
  await deleteFile(parts, filesWindow);
  await signOut(parts, filesWindow);
}

async function typeKey({ server, steps }: TourParts, window: ConnectWindow): Promise<void> {
  await steps.take(
    'Typed a key',
    async () => {
      await window.openAdvanced();
      await window.endpoint.fill(server.baseUrl);
      await window.key.click();
      await window.key.pressSequentially(server.apiKey);
      return `for ${server.baseUrl}, where ${server.files.size} sample files are`;
    },
    () => window.page,
  );
}

async function connect({ app, profile, server, steps }: TourParts, window: ConnectWindow) {
  // Without a keychain the window offers no choice but "until you quit".
  const isRemembered = await window.remember.isChecked();
  let filesWindow: FilesWindow | undefined;
  await steps.take('Connected', async () => {
    const closed = window.page.waitForEvent('close');
    await window.connect.click();
    filesWindow = await app.filesWindow();
    await closed;
    if (!isRemembered) return 'there is no keychain here, so the key is kept until the app quits';
    const [accountId = ''] = await readKeptAccounts(profile);
    const entry = (await readKeychainEntry(accountId)) ?? '';
    expect(entry, 'the keychain entry').toContain(server.apiKey);
    return 'the server accepted the key, and the system keychain remembers it';
  });
  if (!filesWindow) throw new Error('The main window did not open');
  return filesWindow;
}

async function showTable({ server, steps }: TourParts, { page, table }: FilesWindow): Promise<void> {
  await steps.take(
    'Read the list',
    async () => {
      const total = server.files.size;
      await expect(table.pager).toContainText(`1–${total} of ${total}`);
      return `${total} files, newest first`;
    },
    () => page,
  );
}

async function uploadFiles({ profile, server, steps }: TourParts, window: FilesWindow): Promise<void> {
  const { page, table, transfers } = window;
  const files = [
    await writeLocalFile(profile, 'field notes.txt', createText(3_000_000)),
    await writeLocalFile(profile, 'measurements.csv', 'day,value\n1,42\n2,55\n'),
    await writeLocalFile(profile, 'pixel.png', PNG_BYTES),
  ];
  await steps.take(
    'Dropped three files',
    async () => {
      await dropFiles(
        page,
        files.map(({ path }) => path),
      );
      for (const { name } of files) await expect(transfers.item(name)).toBeVisible();
      return files.map(({ name, sizeBytes }) => `${name} (${sizeBytes} bytes)`).join(', ');
    },
    () => page,
  );
  await steps.take(
    'Waited until they were done',
    async () => {
      for (const file of files) {
        await expect(transfers.item(file.name)).toContainText('Done');
        await expect(table.row(file.name)).toBeVisible();
        expect(server.files.named(file.name)[0]?.sha256, `SHA-256 of ${file.name}`).toBe(file.sha256);
      }
      return 'they are in the table, and the SHA-256 of each is the same at the server';
    },
    () => page,
  );
}

async function openDetails({ server, steps }: TourParts, window: FilesWindow): Promise<void> {
  const { page, table, details } = window;
  await steps.take(
    'Opened the details',
    async () => {
      const [stored] = server.files.named(SAVED_NAME);
      await table.row(SAVED_NAME).getByRole('rowheader').click();
      await page.getByRole('button', { name: 'Show details' }).click();
      await expect(details.value('ID')).toContainText(stored?.id ?? 'an id');
      return `${SAVED_NAME} is ${stored?.id}`;
    },
    () => page,
  );
}

async function saveFile({ app, profile, server, steps }: TourParts, window: FilesWindow): Promise<void> {
  const { page, save, transfers } = window;
  await steps.take(
    'Saved it',
    async () => {
      const path = join(profile.saveFolder, basename(SAVED_NAME));
      await answerDialogs(app.electron, { save: path });
      await save.click();
      await expect(transfers.item(basename(SAVED_NAME))).toContainText('Done');
      const bytes = await readFile(path);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      expect(sha256, 'SHA-256 of the saved file').toBe(server.files.named(SAVED_NAME)[0]?.sha256);
      return `${bytes.byteLength} bytes, the same as at the server`;
    },
    () => page,
  );
}

async function deleteFile({ server, steps }: TourParts, window: FilesWindow): Promise<void> {
  const { page, table, dialog, dialogCancel, dialogDelete, undo } = window;
  await steps.take(
    'Asked to delete a file',
    async () => {
      await table.row(DELETED_NAME).getByRole('rowheader').click();
      await window.delete.click();
      await expect(dialog).toHaveAccessibleName(`Delete ${DELETED_NAME}?`);
      await expect(dialogCancel).toBeFocused();
      return `the app asks "Delete ${DELETED_NAME}?" first, with the focus on Cancel`;
    },
    () => page,
  );
  await steps.take(
    'Confirmed',
    async () => {
      await dialogDelete.click();
      await expect(undo).toBeVisible();
      expect(server.files.named(DELETED_NAME), 'files at the server').toHaveLength(1);
      return 'nothing is deleted yet, and Undo is offered for ten seconds';
    },
    () => page,
  );
  await steps.take(
    'Deleted it',
    async () => {
      const deletion = await server.waitFor(
        ({ operation, status }) => operation === 'delete' && status === 200,
        DELETION_DEADLINE_MS,
      );
      await expect(table.row(DELETED_NAME)).toHaveCount(0);
      expect(server.files.named(DELETED_NAME), 'files at the server').toHaveLength(0);
      return `gone at the server (${deletion.method} answered ${deletion.status}) and in the table`;
    },
    () => page,
  );
}

async function signOut({ app, profile, steps }: TourParts, window: FilesWindow): Promise<void> {
  const accountIds = await readKeptAccounts(profile).catch(() => []);
  let page = window.page;
  await steps.take(
    'Signed out',
    async () => {
      await window.signOut();
      const connectWindow = await app.connectWindow();
      page = connectWindow.page;
      await expect(connectWindow.key).toHaveValue('');
      for (const id of accountIds) expect(await readKeychainEntry(id), 'the keychain entry').toBeNull();
      return 'the key is forgotten';
    },
    () => page,
  );
}
