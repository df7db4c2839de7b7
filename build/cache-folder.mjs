import { homedir } from 'node:os';
import { join } from 'node:path';

const folderName = 'files-for-openrouter';

/**
 * The folder for what is fetched once and used by every checkout, where the platform keeps such things
 * (XDG base directories on Linux, ~/Library/Caches on macOS, %LOCALAPPDATA% on Windows). It may not exist yet.
 */
export function cacheFolder(env = process.env, platform = process.platform, home = homedir()) {
  if (platform === 'darwin') return join(home, 'Library', 'Caches', folderName);
  if (platform === 'win32')
    return join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), folderName, 'cache');
  return join(env.XDG_CACHE_HOME || join(home, '.cache'), folderName);
}
