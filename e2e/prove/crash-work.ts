import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { dropFiles } from '../harness/drop-files.ts';
import { createText, hashFile, writeLocalFile } from '../harness/local-files.ts';
import { answerDialogs } from '../harness/native-dialogs.ts';
import type { Profile } from '../harness/profile.ts';
import { expect } from '../harness/test.ts';
import type { FilesWindow } from '../pages/files-window.ts';
import { createBufferContent, createGeneratedContent } from '../server/content.ts';
import type { LocalServer } from '../server/server.ts';
import type { CrashWork } from './crash-point.ts';
import { commandTransfers, listTransfers } from './transfers-over-bridge.ts';
import type { FoundFile, WantedFile } from './verdict.ts';

/** The files of a crash point, where they come from and where they are to go. */
export interface PreparedWork {
  readonly wanted: readonly WantedFile[];
  /** What is on the server and is none of the app's doing. */
  readonly foreignIds: ReadonlySet<string>;
  /** Asks for everything, as a person does: the saves by the dialog, the uploads by a drop. */
  readonly ask: (electron: ElectronApplication, files: FilesWindow) => Promise<void>;
}

const REPLACED = 'what the person has agreed to lose';

/** Makes the files on this computer and on the server. */
export async function prepareWork(
  work: CrashWork,
  { profile, server }: { readonly profile: Profile; readonly server: LocalServer },
): Promise<PreparedWork> {
  const { uploads = [], saves = [], concurrency = 1 } = work;
  // As a person's choice of an earlier day.
  const settings = JSON.stringify({ transferConcurrency: concurrency });
  await writeFile(join(profile.userDataFolder, 'settings.json'), settings);
  server.settings.latencyMs = { any: work.latencyMs ?? 0 };

  const sources = await Promise.all(
    uploads.map((sizeBytes, index) => {
      const name = `upload-${index + 1}.txt`;
      return writeLocalFile(profile, name, createUpload(sizeBytes, index));
    }),
  );
  if (work.isThereAlready) {
    for (const { name, sizeBytes } of sources) server.files.add({ name, sizeBytes });
  }
  const contents = saves.map((sizeBytes, index) => createGeneratedContent(sizeBytes, index + 1));
  for (const [index, content] of contents.entries()) {
    server.files.add({ name: toSaveName(index), content });
    if (work.isReplacing) await writeFile(join(profile.saveFolder, toSaveName(index)), REPLACED);
  }
  const replacedSha256 = work.isReplacing ? createBufferContent(Buffer.from(REPLACED)).sha256 : null;
  return {
    wanted: [
      ...sources.map(({ name, sizeBytes, sha256 }) => {
        return { direction: 'upload' as const, name, sizeBytes, sha256, replacedSha256: null };
      }),
      ...contents.map(({ sizeBytes, sha256 }, index) => {
        return { direction: 'save' as const, name: toSaveName(index), sizeBytes, sha256, replacedSha256 };
      }),
    ],
    foreignIds: new Set(server.files.all().map(({ id }) => id)),
    ask: async (electron, files) => {
      const isMixed = saves.length > 0 && sources.length > 0;
      if (isMixed) await commandTransfers(files.page, 'pauseTransfers');
      if (saves.length > 0) await askForSaves(electron, files, profile, saves.length);
      if (sources.length > 0) {
        await dropFiles(
          files.page,
          sources.map(({ path }) => path),
        );
      }
      // Uploads and saves are to begin together.
      if (isMixed) await resumeWhenListed(files.page, saves.length + sources.length);
    },
  };
}

async function resumeWhenListed(page: Page, count: number): Promise<void> {
  const toCount = async () => (await listTransfers(page)).transfers.length;
  await expect.poll(toCount, { intervals: [50] }).toBe(count);
  await commandTransfers(page, 'resumeTransfers');
}

async function askForSaves(
  electron: ElectronApplication,
  files: FilesWindow,
  profile: Profile,
  count: number,
): Promise<void> {
  const target = join(profile.saveFolder, toSaveName(0));
  await answerDialogs(electron, { save: target, open: profile.saveFolder });
  await expect(files.table.rows).toHaveCount(count);
  if (count === 1) await files.table.row(toSaveName(0)).click();
  else await files.table.selectAll.click();
  await files.save.click();
}

/** Reads the folder for saves. */
export async function readSaved(profile: Profile): Promise<readonly FoundFile[]> {
  const names = await readdir(profile.saveFolder);
  return Promise.all(
    names.map(async (name) => ({ name, sha256: await hashFile(join(profile.saveFolder, name)) })),
  );
}

function toSaveName(index: number): string {
  return `save-${index + 1}.txt`;
}

/** No two contents are alike: the app would ask about them. */
function createUpload(sizeBytes: number, index: number): Buffer {
  const text = createText(sizeBytes);
  text.write(`upload ${index + 1} `, 'latin1');
  return text;
}
