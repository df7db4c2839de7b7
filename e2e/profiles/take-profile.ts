import { createHash } from 'node:crypto';
import { cp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Profile } from '../harness/profile.ts';
import type { LocalServer } from '../server/server.ts';
import { PROFILE_CONTENTS } from './profile-life.ts';
import {
  LOCATION_ID,
  type LocalProfileFile,
  PROFILE_FOLDER,
  type ProfileManifest,
} from './profile-manifest.ts';
import { rewriteRecords, toRecordsName } from './profile-records.ts';

/** What the app itself writes, in its folder; the rest there is Chromium's caches. */
const KEPT = [
  'settings.json',
  'window-state.json',
  'transfers',
  'listings',
  join('Partitions', 'files', 'Local Storage', 'leveldb'),
];
/** Belongs to the process that has it open. */
const LEFT_OUT = /(?:^|[/\\])(?:LOCK|LOG|LOG\.old)$/;

/** Copies what an app has left into a folder of the repository, with what stood around it. */
export async function takeProfile(
  folder: string,
  { profile, server }: { readonly profile: Profile; readonly server: LocalServer },
): Promise<void> {
  const target = join(folder, 'user-data');
  for (const name of KEPT) {
    await cp(join(profile.userDataFolder, name), join(target, name), {
      recursive: true,
      filter: (source) => !LEFT_OUT.test(source),
    });
  }
  for (const records of ['transfers', 'listings']) {
    await rewriteRecords(join(target, records), {
      name: { from: toRecordsName(server), to: LOCATION_ID },
      path: { from: profile.folder, to: PROFILE_FOLDER },
    });
  }
  const manifest: ProfileManifest = {
    localFiles: await listLocalFiles(profile, server),
    serverFiles: server.files.all().map((file) => {
      const { id, name, mimeType, sizeBytes, createdAt, content, sha256 } = file;
      const contentSeed = content === null ? null : (PROFILE_CONTENTS.get(name)?.seed ?? null);
      return {
        id,
        name,
        mimeType,
        sizeBytes,
        createdAt,
        sha256: content === null ? sha256 : null,
        contentSeed,
      };
    }),
  };
  await writeFile(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

async function listLocalFiles(profile: Profile, server: LocalServer): Promise<LocalProfileFile[]> {
  const files: LocalProfileFile[] = [];
  for (const place of [profile.localFolder, profile.saveFolder]) {
    for (const name of (await readdir(place)).sort()) {
      const path = join(place, name);
      const [bytes, { mtimeMs }] = [await readFile(path), await stat(path)];
      files.push({
        path: relative(profile.folder, path),
        sizeBytes: bytes.length,
        modifiedAt: mtimeMs,
        content: place === profile.localFolder ? { kind: 'text' } : toServerContent(server, name),
        sha256: createHash('sha256').update(bytes).digest('hex'),
      });
    }
  }
  return files;
}

/** One download was under way; its part is named after its transfer. */
function toServerContent(server: LocalServer, name: string): LocalProfileFile['content'] {
  const [file] = server.files.named(name.endsWith('.part') ? 'receiving.txt' : name);
  if (!file) throw new Error(`${name} comes from no file of the server`);
  return { kind: 'server', fileId: file.id };
}
