import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SinkProcess } from './sink/sink-process.ts';

/** curl as the same account's client: what the engine is compared with. Times in milliseconds, from its start to its exit. */
export interface Curl {
  /** `curl -F file=@…` */
  upload(path: string): Promise<number>;
  /** `curl -o …` */
  download(fileId: string, path: string): Promise<number>;
  /** `curl --parallel`, over connections that are kept. */
  uploadMany(paths: readonly string[], concurrency: number): Promise<number>;
}

/** Makes the reference client of one key; `folder` is for its files of settings. */
export function createCurl(sink: SinkProcess, key: string, folder: string): Curl {
  const filesUrl = `${sink.endpoint}/files`;
  const common = [
    '--silent',
    '--show-error',
    '--fail',
    '--noproxy',
    '*',
    '--cacert',
    sink.certificate.certificateFile,
    '--header',
    `Authorization: Bearer ${key}`,
  ];
  return {
    upload: (path) => runCurl([...common, '--output', '/dev/null', '--form', `file=@${path}`, filesUrl]),
    download: (fileId, path) => runCurl([...common, '--output', path, `${filesUrl}/${fileId}/content`]),
    uploadMany: async (paths, concurrency) => {
      const configFile = join(folder, 'curl.config');
      await writeFile(configFile, toUploadConfig(paths, filesUrl, common));
      const parallel = ['--parallel', '--parallel-immediate', '--parallel-max', String(concurrency)];
      return runCurl([...parallel, '--config', configFile]);
    },
  };
}

/** All but the global options are forgotten at each `next`, so every transfer says all of them. */
function toUploadConfig(paths: readonly string[], url: string, common: readonly string[]): string {
  const options = common
    .map((word) => (word.startsWith('--') ? `\n${word.slice(2)}` : ` = "${word}"`))
    .join('');
  return paths
    .map((path) => `url = "${url}"${options}\noutput = "/dev/null"\nform = "file=@${path}"\n`)
    .join('next\n');
}

export async function runCurl(args: readonly string[]): Promise<number> {
  const startedAt = performance.now();
  const child = spawn('curl', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let problems = '';
  child.stderr.on('data', (chunk: Buffer) => {
    problems += chunk.toString('utf8');
  });
  let endedAt = 0;
  child.once('exit', () => {
    endedAt = performance.now();
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`curl ended with ${code}: ${problems}`);
  return endedAt - startedAt;
}
