import { readdir, readFile } from 'node:fs/promises';

const marker = 'FILES_FOR_OPENROUTER_RUN';

/** Marks this process's environment, which every process started from here on inherits. */
export function markOwnProcesses(id) {
  process.env[marker] = id;
}

/**
 * The processes that carry the mark of this run and still live, other than this one. Linux only: elsewhere the
 * answer is empty, as another process's environment cannot be read.
 * @returns {Promise<readonly { pid: number, command: string }[]>}
 */
export async function findLeftOverProcesses(id) {
  if (process.platform !== 'linux') return [];
  const found = [];
  for (const name of await readdir('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid) || pid === process.pid) continue;
    // A process that ended meanwhile, a zombie and other users' processes have no readable environment.
    const environment = await readFile(`/proc/${name}/environ`, 'latin1').catch(() => '');
    if (!environment.split('\0').includes(`${marker}=${id}`)) continue;
    const command = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '');
    found.push({ pid, command: command.replaceAll('\0', ' ').trim() });
  }
  return found;
}
