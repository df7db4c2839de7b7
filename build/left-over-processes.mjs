import { readdirSync, readFileSync } from 'node:fs';

const marker = 'FILES_FOR_OPENROUTER_RUN';

/**
 * Marks this process's environment, which every process started from here on inherits. What still carries the
 * mark when this process exits, even through a signal, is killed.
 */
export function markOwnProcesses(id) {
  process.env[marker] = id;
  process.once('exit', () => killLeftOverProcesses(id));
}

/**
 * The processes that carry the mark of this run and still live, other than this one. Linux only: elsewhere the
 * answer is empty, as another process's environment cannot be read.
 * @returns {readonly { pid: number, command: string }[]}
 */
export function findLeftOverProcesses(id) {
  if (process.platform !== 'linux') return [];
  const pids = readdirSync('/proc').map(Number);
  return pids.flatMap((pid) => {
    if (!Number.isInteger(pid) || pid === process.pid) return [];
    // A process that ended meanwhile, a zombie and other users' processes have no readable environment.
    if (!read(`/proc/${pid}/environ`).split('\0').includes(`${marker}=${id}`)) return [];
    return [{ pid, command: read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim() }];
  });
}

/** Kills what findLeftOverProcesses finds, and gives it. */
export function killLeftOverProcesses(id) {
  const leftOver = findLeftOverProcesses(id);
  for (const { pid } of leftOver) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if (error.code !== 'ESRCH') throw error;
    }
  }
  return leftOver;
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
