import { execFile, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SnippetFormat } from '#app/files/file-details.ts';
import { MAX_FILES_PER_SNIPPET } from '#app/limits.ts';
import { createBufferContent } from '../server/content.ts';
import { type LocalServer, startServer } from '../server/server.ts';
import { openWindowLocation, type WindowLocation } from './window-location.ts';

const run = promisify(execFile);
const NODE_MODULES = join(import.meta.dirname, '../../node_modules');

/** Names that would do something if they were not quoted, or be somewhere else. */
const HOSTILE_NAMES: readonly string[] = [
  `'; touch pwned; '.txt`,
  '$(touch pwned).txt',
  '`touch pwned`.txt',
  '"; touch pwned; ".txt',
  'a\ntouch pwned\n.txt',
  '--output=pwned',
  '-',
  '../../escaped',
  '/tmp/escaped',
  `\${process.exit(1)}.txt`,
  '\\".txt',
  '👩‍👩‍👧 family.txt',
  'gpj.\u202eexe.txt',
  'עברית.txt',
  'report {file_id}.txt',
];

/** Of a file whose content the server does not give. */
const DESCRIBED_NAME = `'; touch pwned #.pdf`;

let server: LocalServer;
let folder: string;
let work: string;
let opened: WindowLocation;

beforeEach(async () => {
  server = await startServer();
  folder = await mkdtemp(join(tmpdir(), 'files-for-openrouter-'));
  work = join(folder, 'work');
  await mkdir(work);
});

afterEach(async () => {
  await opened.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

async function copyAll(format: SnippetFormat): Promise<string> {
  opened = await openWindowLocation(server, { folder });
  const keys = server.files.all().map(({ id }) => id);
  const count = await opened.handlers.copyFiles({ target: { kind: 'rows', keys }, format });
  expect(count).toBe(keys.length);
  expect(opened.clipboard()).not.toContain(server.apiKey);
  return opened.clipboard();
}

function addHostileFiles() {
  for (const [index, name] of HOSTILE_NAMES.entries()) {
    server.files.add({ name, content: createBufferContent(Buffer.from(`content ${index}`)) });
  }
  server.files.add({ name: DESCRIBED_NAME });
}

/** What the files that were written say; nothing else may be there. */
async function readContents(): Promise<readonly string[]> {
  const names = (await readdir(work)).filter(
    (name) => !['node_modules', 'snippet.mjs', 'snippet.py'].includes(name),
  );
  expect(names).not.toContain('pwned');
  return (await Promise.all(names.map((name) => readFile(join(work, name), 'utf8')))).sort();
}

const environment = () => ({ ...process.env, OPENROUTER_API_KEY: server.apiKey });
const allContents = () => HOSTILE_NAMES.map((_, index) => `content ${index}`).sort();

describe('a copy for a program does what it says, whatever the files are named', () => {
  it.skipIf(process.platform === 'win32')('with curl in a shell', async () => {
    addHostileFiles();
    const snippet = await copyAll('curl');
    const before = await readdir(folder);
    const { stdout } = await run('bash', ['-c', snippet], { cwd: work, env: environment() });
    expect(await readContents()).toEqual(allContents());
    expect(JSON.parse(stdout)).toMatchObject({ filename: DESCRIBED_NAME });
    // Nothing was written anywhere else.
    expect(await readdir(folder)).toEqual(before);
  });

  it('with the official SDK', async () => {
    addHostileFiles();
    await symlink(NODE_MODULES, join(work, 'node_modules'), 'junction');
    await writeFile(join(work, 'snippet.mjs'), await copyAll('typescript'));
    const { stdout } = await run(process.execPath, ['snippet.mjs'], { cwd: work, env: environment() });
    expect(await readContents()).toEqual(allContents());
    expect(stdout).toContain('touch pwned #.pdf');
  });

  it.skipIf(spawnSync('python3', ['-c', 'import requests']).status !== 0)('with Python', async () => {
    addHostileFiles();
    await writeFile(join(work, 'snippet.py'), await copyAll('python'));
    const { stdout } = await run('python3', ['snippet.py'], { cwd: work, env: environment() });
    expect(await readContents()).toEqual(allContents());
    expect(stdout).toContain('touch pwned #.pdf');
  });

  it.skipIf(process.platform === 'win32')('and replaces no file that is there', async () => {
    for (const name of ['a.txt', 'b.txt'])
      server.files.add({ name, content: createBufferContent(Buffer.from(`new ${name}`)) });
    await writeFile(join(work, 'a.txt'), 'mine');
    const snippet = await copyAll('curl');
    const { stderr } = await run('bash', ['-c', snippet], { cwd: work, env: environment() });
    expect(stderr).toBe('./a.txt is there already\n');
    expect(await readContents()).toEqual(['mine', 'new b.txt']);
  });

  it('and saves nothing of an answer that is an error', async () => {
    const file = server.files.add({ name: 'a.txt', content: createBufferContent(Buffer.from('a')) });
    const snippet = await copyAll('curl');
    server.files.delete(file.id);
    await expect(run('bash', ['-c', snippet], { cwd: work, env: environment() })).rejects.toThrow('404');
    expect(await readContents()).toEqual([]);
  });
});

describe('a copy', () => {
  it('of more files than a clipboard is for is refused', async () => {
    server.seed(MAX_FILES_PER_SNIPPET + 1, { generatedEvery: 0 });
    opened = await openWindowLocation(server, { folder });
    const keys = server.files.all().map(({ id }) => id);
    const copy = opened.handlers.copyFiles({ target: { kind: 'rows', keys }, format: 'ids' });
    await expect(copy).rejects.toMatchObject({ error: { code: 'tooMany', limit: MAX_FILES_PER_SNIPPET } });
    const most = keys.slice(1);
    await opened.handlers.copyFiles({ target: { kind: 'rows', keys: most }, format: 'ids' });
    expect(opened.clipboard().split('\n')).toHaveLength(MAX_FILES_PER_SNIPPET);
  });

  it('of nothing is refused', async () => {
    opened = await openWindowLocation(server, { folder });
    const copy = opened.handlers.copyFiles({ target: { kind: 'selection' }, format: 'curl' });
    await expect(copy).rejects.toThrow('notFound');
  });
});
