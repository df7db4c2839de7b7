import { readdir, readFile, writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';

// All of this is Linux's /proc: proc(5).

interface ProcessFacts {
  readonly pid: number;
  readonly parentPid: number;
  /** User and system time used so far, in clock ticks of 10 ms. */
  readonly cpuTicks: number;
}

/** Clock ticks that a tree may use in {@link QUIET_MS} and still count as idle: 1 % of a processor. */
const IDLE_TICKS = 2;
const QUIET_MS = 2000;
const IDLE_DEADLINE_MS = 30_000;

/** Waits until a process and its descendants do nothing any more; throws when that never comes. */
export async function waitUntilIdle(rootPid: number): Promise<void> {
  const endsAt = Date.now() + IDLE_DEADLINE_MS;
  let before = await readCpuTicks(rootPid);
  while (Date.now() < endsAt) {
    // Idleness has no signal: only time without work shows it.
    await setTimeout(QUIET_MS);
    const now = await readCpuTicks(rootPid);
    if (now - before <= IDLE_TICKS) return;
    before = now;
  }
  throw new Error(`The process tree of ${rootPid} was not idle after ${IDLE_DEADLINE_MS} ms`);
}

/** Gives the memory of a process and its descendants in bytes; what they share is counted once. */
export async function readTreeMemory(rootPid: number): Promise<number> {
  const tree = await readTree(rootPid);
  const sizes = await Promise.all(
    tree.map(async ({ pid }) => readKilobytes(await readFile(`/proc/${pid}/smaps_rollup`, 'utf8'), 'Pss')),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Begins to watch how much memory one process takes at most; answers a function that gives the growth so far, in bytes. */
export async function watchPeakMemory(pid: number): Promise<() => Promise<number>> {
  // 5 sets the highest resident size seen to the present one.
  await writeFile(`/proc/${pid}/clear_refs`, '5');
  const before = readKilobytes(await readFile(`/proc/${pid}/status`, 'utf8'), 'VmRSS');
  return async () => readKilobytes(await readFile(`/proc/${pid}/status`, 'utf8'), 'VmHWM') - before;
}

async function readCpuTicks(rootPid: number): Promise<number> {
  const tree = await readTree(rootPid);
  return tree.reduce((sum, { cpuTicks }) => sum + cpuTicks, 0);
}

async function readTree(rootPid: number): Promise<readonly ProcessFacts[]> {
  const names = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const all = (await Promise.all(names.map(readFacts))).filter((facts) => facts !== null);
  const tree = all.filter(({ pid }) => pid === rootPid);
  // The list grows while it is walked: each process brings its children.
  for (const { pid } of tree) tree.push(...all.filter(({ parentPid }) => parentPid === pid));
  if (tree.length === 0) throw new Error(`Process ${rootPid} is gone`);
  return tree;
}

async function readFacts(pid: string): Promise<ProcessFacts | null> {
  // A process may end between the listing and the reading.
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  if (text === null) return null;
  // The name in parentheses may hold anything; what follows it begins with the third field.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [parentPid, userTicks, systemTicks] = [fields[1], fields[11], fields[12]].map(Number);
  if (parentPid === undefined || userTicks === undefined || systemTicks === undefined) return null;
  return { pid: Number(pid), parentPid, cpuTicks: userTicks + systemTicks };
}

function readKilobytes(text: string, name: string): number {
  const found = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1];
  if (found === undefined) throw new Error(`${name} is missing`);
  return Number(found) * 1024;
}
