import { readFileSync } from 'node:fs';
import * as z from 'zod';
import {
  DEFAULT_TRANSFER_CONCURRENCY,
  DEFAULT_UNDO_SECONDS,
  MAX_TRANSFER_CONCURRENCY,
  MAX_UNDO_SECONDS,
  MIN_UNDO_SECONDS,
} from '#app/limits.ts';
import { hasCode } from '../disk/has-code.ts';
import { setAside } from '../disk/set-aside.ts';
import { writeRecord } from '../disk/write-record.ts';

const settingsFile = z.object({
  /** Transfers under way at once. A value that cannot be costs only itself, not the other settings. */
  transferConcurrency: z.int().min(1).max(MAX_TRANSFER_CONCURRENCY).catch(DEFAULT_TRANSFER_CONCURRENCY),
  /** How long a deletion can be undone. */
  undoSeconds: z.int().min(MIN_UNDO_SECONDS).max(MAX_UNDO_SECONDS).catch(DEFAULT_UNDO_SECONDS),
});

/** What a person chose, for all locations. No secret is among it. */
export type Settings = Readonly<z.infer<typeof settingsFile>>;

/** The settings of this user. */
export interface SettingsStore {
  read(): Settings;
  /** Settles when the change is on disk, and only then holds. Throws the system's own errors. */
  change(change: Partial<Settings>): Promise<void>;
}

/** Where the settings are kept, and who is told when they could not be read. */
export interface SettingsParts {
  readonly path: string;
  readonly onDamaged?: (cause: unknown) => void;
}

/** Opens the settings; without a file, or with one that is damaged and so is set aside, they are the defaults. */
export function openSettings({ path, onDamaged }: SettingsParts): SettingsStore {
  let settings = readSettings(path, onDamaged);
  let lastChange: Promise<void> = Promise.resolve();
  return {
    read: () => settings,
    change: (change) => {
      const write = async () => {
        const changed = { ...settings, ...change };
        await writeRecord(path, `${JSON.stringify(changed, null, 2)}\n`);
        settings = changed;
      };
      const done = lastChange.then(write);
      lastChange = done.catch(() => undefined);
      return done;
    },
  };
}

function readSettings(path: string, onDamaged: SettingsParts['onDamaged']): Settings {
  try {
    const text = readFileSync(path, 'utf8');
    try {
      return settingsFile.parse(JSON.parse(text));
    } catch (cause) {
      setAside(path);
      throw cause;
    }
  } catch (cause) {
    if (!hasCode(cause, 'ENOENT')) onDamaged?.(cause);
    return settingsFile.parse({});
  }
}
