/** Printing and child processes for the scripts of this folder; node: builtins only, as packages may be absent. */
import { spawn, spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The absolute path of the checkout. */
export const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)));

/** A failure whose message alone tells the person what to do: printed without a stack. */
export class PlainError extends Error {}

/** Prints one line on standard output. */
export function say(line) {
  process.stdout.write(`${line}\n`);
}

/**
 * Runs a command to its end and gives its exit code; never throws for a bad one (127: there is no such command).
 * With `echo` it writes to this console, without it what it printed comes back as `output`. `user` is a
 * `{ uid, gid }` to run it as.
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(command, args, options = {}) {
  const { cwd = projectRoot, env = process.env, echo = true, shell = false, timeoutMs, user } = options;
  return new Promise((resolve) => {
    const stdio = echo ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'];
    const child = spawn(command, args, { cwd, env, shell, ...user, timeout: timeoutMs, stdio });
    const chunks = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => chunks.push(chunk));
    // A signal to this script alone must not leave its command running.
    const end = () => child.kill();
    process.once('exit', end);
    child.once('close', () => process.off('exit', end));
    child.on('error', (error) => resolve({ code: 127, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString() }));
  });
}

/** Runs npm the way each system needs it (on Windows npm is a script, which only a shell starts). */
export function runNpm(args, options = {}) {
  const isWindows = process.platform === 'win32';
  return isWindows
    ? run(['npm', ...args].join(' '), [], { ...options, shell: true })
    : run('npm', args, options);
}

/** True when the command can be found and started. */
export function hasCommand(command, args = ['--version']) {
  return spawnSync(command, args, { stdio: 'ignore' }).error === undefined;
}

/** Runs `main` and turns its failure into an exit code; for scripts started by name. */
export async function runAsScript(main) {
  try {
    const code = await main();
    if (typeof code === 'number') process.exitCode = code;
  } catch (error) {
    process.stderr.write(`${error instanceof PlainError ? error.message : (error?.stack ?? error)}\n`);
    process.exitCode = 1;
  }
}

/** True when the module of that URL is the script that Node was started with. */
export function isStartedScript(moduleUrl) {
  return process.argv[1] !== undefined && fileURLToPath(moduleUrl) === realpathSync(process.argv[1]);
}
