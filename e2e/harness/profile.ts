import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MIN_UNDO_SECONDS } from '#app/limits.ts';

/** The folders of one test: what the app writes, and what a person has on this computer. */
export interface Profile {
  /** Everything below stands in here. */
  readonly folder: string;
  /** What the app is given as `--user-data-dir`. */
  readonly userDataFolder: string;
  /** What the app takes for the person's home, on Linux. */
  readonly homeFolder: string;
  /** Files to upload. */
  readonly localFolder: string;
  /** Where saves go. */
  readonly saveFolder: string;
  /** Removes it all. */
  remove(): Promise<void>;
}

/** How long a deletion can be undone where nothing else is said: the shortest time that the setting allows, as tests wait for its end. */
export const UNDO_MS = MIN_UNDO_SECONDS * 1000;

/** What a person has set before the app starts. */
export interface ProfileSettings {
  readonly undoSeconds?: number;
}

/** Makes a fresh profile in the system's place for temporary files; without settings the app takes its defaults. */
export async function createProfile(settings: ProfileSettings = {}): Promise<Profile> {
  const folder = await mkdtemp(join(tmpdir(), 'files-for-openrouter-e2e-'));
  const profile = {
    folder,
    userDataFolder: join(folder, 'user-data'),
    homeFolder: join(folder, 'home'),
    localFolder: join(folder, 'local'),
    saveFolder: join(folder, 'saved'),
  };
  for (const path of Object.values(profile)) await mkdir(path, { recursive: true });
  await writeFile(join(profile.userDataFolder, 'settings.json'), JSON.stringify(settings));
  return {
    ...profile,
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }),
  };
}
