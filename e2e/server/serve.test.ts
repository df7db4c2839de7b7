import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';

const SCRIPT = fileURLToPath(new URL('./serve.ts', import.meta.url));

const running = new Set<ChildProcess>();

afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
});

/** Runs the script in this Node with tsx as a loader, so that signals reach it and not a wrapper. */
async function serve(...options: readonly string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', SCRIPT, ...options], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  running.add(child);
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const ready: unknown = JSON.parse(String(line));
  if (typeof ready !== 'object' || ready === null || !('baseUrl' in ready) || !('apiKey' in ready)) {
    throw new Error(`Not the line that was promised: ${line}`);
  }
  return { child, baseUrl: String(ready.baseUrl), apiKey: String(ready.apiKey) };
}

async function countFiles(baseUrl: string, apiKey: string): Promise<number> {
  const response = await fetch(`${baseUrl}/files?limit=1000`, {
    headers: { authorization: `Bearer ${apiKey}` },
  });
  const { data }: { readonly data: readonly unknown[] } = await response.json();
  return data.length;
}

test('serves the sample and made-up files until SIGTERM', { timeout: 20_000 }, async () => {
  const { child, baseUrl, apiKey } = await serve('--sample', '--files', '60', '--key', 'sk-or-v1-given');
  expect(apiKey).toBe('sk-or-v1-given');
  expect(await countFiles(baseUrl, apiKey)).toBe(100);
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('ends with its standard input', { timeout: 20_000 }, async () => {
  const { child, baseUrl, apiKey } = await serve();
  expect(await countFiles(baseUrl, apiKey)).toBe(0);
  child.stdin?.end();
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('once a server is closed nothing of it keeps the process alive', { timeout: 20_000 }, async () => {
  const server = new URL('./server.ts', import.meta.url).href;
  // A minute of latency, a throttled answer and a hang are all under way when the server closes.
  const program = `
    const { startServer } = await import(${JSON.stringify(server)});
    const server = await startServer();
    const headers = { authorization: 'Bearer ' + server.apiKey };
    server.settings.latencyMs = { key: 60_000 };
    server.settings.bytesPerSecond.answer = 1;
    server.faults.inject({ on: 'retrieve', fault: { kind: 'hang', at: 'headers' } });
    const calls = ['/key', '/files', '/files/or_file_1'].map((path) => fetch(server.baseUrl + path, { headers }).then((answer) => answer.text()));
    const outcomes = Promise.allSettled(calls);
    for (const operation of ['key', 'list', 'retrieve']) await server.waitFor((request) => request.operation === operation);
    await server.close();
    process.stdout.write((await outcomes).map((outcome) => outcome.status).join());`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.add(child);
  const [output, exit] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  expect(exit).toEqual([0, null]);
  expect(output).toBe('rejected,rejected,rejected');
});
