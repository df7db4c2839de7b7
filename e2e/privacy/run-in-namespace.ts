import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as z from 'zod';

/** What the app asked a network for that knows every name and leads nowhere. */
export type ObservedNetwork = z.infer<typeof observed>;

const observed = z.object({
  /** Names and addresses asked for from the start to the deletion. */
  inSession: z.array(z.string()),
  /** The same after what hostile script in the main window tried. */
  afterAttacks: z.array(z.string()),
});

/**
 * A network with nothing but loopback, where every address is local and the name server is 127.0.0.1, without the host's
 * other ways to look names up. The folder for its files comes first, then the command to run in there.
 */
const SET_UP = `
set -e
folder=$1; shift
ip link set lo up
ip route add local default dev lo
echo 'nameserver 127.0.0.1' > "$folder/resolv.conf"
printf 'passwd: files\\ngroup: files\\nhosts: files dns\\n' > "$folder/nsswitch.conf"
for name in resolv.conf nsswitch.conf; do mount --bind "$folder/$name" "/etc/$name"; done
exec "$@"
`;

const projectFolder = fileURLToPath(new URL('../..', import.meta.url));

/** Says why no network of its own can be made here; null when it can. */
export function findNamespaceObstacle(folder: string): string | null {
  if (process.platform !== 'linux') return 'Only Linux has network namespaces.';
  if (process.getuid?.() !== 0) return 'Only root may make a network namespace.';
  const { status, stderr, error } = spawnSync('unshare', toArguments(folder, ['true']), { encoding: 'utf8' });
  return status === 0 ? null : `No network namespace can be made here: ${error?.message ?? stderr}`;
}

/** Observes the app in a network of its own; rejects when that did not work out. */
export async function observeInNamespace(folder: string): Promise<ObservedNetwork> {
  const command = [process.execPath, 'build/run-typescript.mjs', 'e2e/privacy/in-namespace.ts'];
  const { stdout } = await promisify(execFile)('unshare', toArguments(folder, command), {
    cwd: projectFolder,
  });
  return observed.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
}

function toArguments(folder: string, command: readonly string[]): readonly string[] {
  return ['--net', '--mount', 'sh', '-c', SET_UP, 'sh', folder, ...command];
}
