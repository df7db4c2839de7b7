import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** curl as the same account's client: what the engine is compared with. Times in milliseconds, from its start to its exit. */
export interface Curl {
  /** `curl -F file=@…` */
  upload(path: string): Promise<number>;
  /** `curl -o …` */
  download(fileId: string, path: string): Promise<number>;
  /** `curl -o … && sync …`: what it has taken is on disk. */
  downloadSynced(fileId: string, path: string): Promise<number>;
  /** `curl --parallel`, over connections that are kept. */
  uploadMany(paths: readonly string[], concurrency: number): Promise<number>;
  /** The same of deletions. */
  deleteMany(fileIds: readonly string[], concurrency: number): Promise<number>;
}

/** Where curl finds a server, and how it speaks to it. */
export interface CurlParts {
  readonly endpoint: string;
  readonly certificateFile: string;
  readonly key: string;
  /** For its files of settings. */
  readonly folder: string;
  readonly httpVersion: HttpVersion;
}

/** The version of HTTP that both sides of a comparison speak. */
export type HttpVersion = '1.1' | '2';

/** Makes the reference client of one key. */
export function createCurl({ endpoint, certificateFile, key, folder, httpVersion }: CurlParts): Curl {
  const filesUrl = `${endpoint}/files`;
  const common = [
    `--http${httpVersion}`,
    '--silent',
    '--show-error',
    '--fail',
    '--noproxy',
    '*',
    '--cacert',
    certificateFile,
    '--header',
    `Authorization: Bearer ${key}`,
  ];
  const runMany = async (requests: readonly string[], concurrency: number) => {
    const configFile = join(folder, 'curl.config');
    await writeFile(configFile, toConfig(requests, common));
    const parallel = ['--parallel', '--parallel-immediate', '--parallel-max', String(concurrency)];
    return runCurl([...parallel, '--config', configFile]);
  };
  return {
    upload: (path) => runCurl([...common, '--output', '/dev/null', '--form', `file=@${path}`, filesUrl]),
    download: (fileId, path) => runCurl([...common, '--output', path, `${filesUrl}/${fileId}/content`]),
    downloadSynced: async (fileId, path) => {
      const downloadMs = await runCurl([...common, '--output', path, `${filesUrl}/${fileId}/content`]);
      return downloadMs + (await runProgram('sync', [path]));
    },
    uploadMany: (paths, concurrency) =>
      runMany(
        paths.map((path) => `url = "${filesUrl}"\nform = "file=@${path}"`),
        concurrency,
      ),
    deleteMany: (fileIds, concurrency) =>
      runMany(
        fileIds.map((id) => `url = "${filesUrl}/${id}"\nrequest = "DELETE"`),
        concurrency,
      ),
  };
}

/** All but the global options are forgotten at each `next`, so every transfer says all of them. */
function toConfig(requests: readonly string[], common: readonly string[]): string {
  const options = common
    .map((word) => (word.startsWith('--') ? `\n${word.slice(2)}` : ` = "${word}"`))
    .join('');
  return requests.map((request) => `${request}${options}\noutput = "/dev/null"\n`).join('next\n');
}

/** Gives how long curl took, in milliseconds; throws when it failed. */
export function runCurl(args: readonly string[]): Promise<number> {
  return runProgram('curl', args);
}

async function runProgram(program: string, args: readonly string[]): Promise<number> {
  const startedAt = performance.now();
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let problems = '';
  child.stderr.on('data', (chunk: Buffer) => {
    problems += chunk.toString('utf8');
  });
  let endedAt = 0;
  child.once('exit', () => {
    endedAt = performance.now();
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${problems}`);
  return endedAt - startedAt;
}
