import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createText } from '../harness/local-files.ts';
import type { Profile } from '../harness/profile.ts';
import { createGeneratedContent } from '../server/content.ts';
import type { LocalServer } from '../server/server.ts';
import {
  LOCATION_ID,
  type LocalProfileFile,
  PROFILE_FOLDER,
  type ProfileManifest,
  profileManifestSchema,
} from './profile-manifest.ts';
import { rewriteRecords, toRecordsName } from './profile-records.ts';

/** Gives the folder of a profile in the repository. */
export function findProfileFolder(number: number): string {
  return fileURLToPath(new URL(String(number), import.meta.url));
}

/**
 * Makes a fresh profile the copy of one in the repository: what the app had written, the files on this computer that its
 * records speak of, and on the server what was there when that app was killed.
 */
export async function copyProfile(
  number: number,
  { profile, server }: { readonly profile: Profile; readonly server: LocalServer },
): Promise<void> {
  const folder = findProfileFolder(number);
  const text = await readFile(join(folder, 'manifest.json'), 'utf8');
  const manifest = profileManifestSchema.parse(JSON.parse(text));
  await cp(join(folder, 'user-data'), profile.userDataFolder, { recursive: true });
  for (const records of ['transfers', 'listings']) {
    await rewriteRecords(join(profile.userDataFolder, records), {
      name: { from: LOCATION_ID, to: toRecordsName(server) },
      path: { from: PROFILE_FOLDER, to: profile.folder },
    });
  }
  for (const { contentSeed, ...file } of manifest.serverFiles) {
    const { sha256, ...facts } = file;
    server.files.add({
      ...facts,
      ...(sha256 === null ? {} : { sha256 }),
      ...(contentSeed === null ? {} : { content: createGeneratedContent(file.sizeBytes, contentSeed) }),
    });
  }
  for (const file of manifest.localFiles) await writeFileOf(profile, manifest, file);
}

async function writeFileOf(
  profile: Profile,
  manifest: ProfileManifest,
  file: LocalProfileFile,
): Promise<void> {
  const path = join(profile.folder, file.path);
  const bytes = toBytes(manifest, file);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (sha256 !== file.sha256) throw new Error(`${file.path} would not be what it was`);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
  await utimes(path, file.modifiedAt / 1000, file.modifiedAt / 1000);
}

function toBytes(manifest: ProfileManifest, { path, sizeBytes, content }: LocalProfileFile): Buffer {
  if (content.kind === 'text') return createProfileText(path, sizeBytes);
  const file = manifest.serverFiles.find(({ id }) => id === content.fileId);
  if (typeof file?.contentSeed !== 'number') throw new Error(`${path} comes from no file of the server`);
  const chunks = createGeneratedContent(file.sizeBytes, file.contentSeed).chunks();
  return Buffer.concat([...chunks]).subarray(0, sizeBytes);
}

/** Makes a text of an exact size that no other file has. */
export function createProfileText(path: string, sizeBytes: number): Buffer {
  const text = createText(sizeBytes);
  text.write(`${path} `, 'latin1');
  return text;
}
