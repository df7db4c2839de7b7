import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Account, KeyScope } from '../accounts/account.ts';
import { openLocationList, toDerivedId } from './location-list.ts';

const ENDPOINT = 'https://openrouter.ai/api/v1';
const SCOPE: KeyScope = { userId: 'user_1', workspaceId: 'a103d8b6-42f0-4e50-9a3c-bf41e2c3c1a7' };

let folder: string;
let path: string;
let problems: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'files-for-openrouter-'));
  path = join(folder, 'locations.json');
  problems = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = () =>
  openLocationList({
    path,
    recordFolders: [join(folder, 'transfers')],
    onDamaged: () => problems.push('damaged'),
    onUnwritable: () => problems.push('unwritable'),
  });

const account = (key: string, more: Partial<Account> = {}): Account => ({
  id: `account-of-${key}`,
  endpoint: ENDPOINT,
  key,
  keyLabel: null,
  keyStorage: 'keychain',
  ...more,
});

const SECRET_ACCOUNT = account('sk-or-v1-secret', { id: 'account-1' });

describe('a location', () => {
  it('has an id that is made once, and is found again by endpoint and key, however the key comes', async () => {
    const id = await open().connect(account('k-1'), SCOPE, null);
    expect(await open().find(account('k-1', { id: 'environment', keyStorage: 'environment' }))).toBe(id);
    expect(await open().connect(account('k-1', { id: 'again' }), SCOPE, null)).toBe(id);
    expect(await open().find(account('k-2'))).not.toBe(id);
    expect(await open().find(account('k-1', { endpoint: 'http://localhost:8080/v1' }))).not.toBe(id);
  });

  it('is kept without key, user and workspace, and its hashes are salted', async () => {
    await open().connect(SECRET_ACCOUNT, SCOPE, null);
    const text = await readFile(path, 'utf8');
    for (const told of ['sk-or-v1-secret', toDerivedId(SECRET_ACCOUNT), ...Object.values(SCOPE)])
      expect(text).not.toContain(told);
    await rm(path);
    await open().connect(SECRET_ACCOUNT, SCOPE, null);
    const toHashes = (list: string) =>
      JSON.parse(list).locations.flatMap(({ keys }: { keys: string[] }) => keys);
    expect(toHashes(await readFile(path, 'utf8'))).not.toEqual(toHashes(text));
  });

  it('of a version before the list goes on under the id that its records are found by', async () => {
    const derivedId = toDerivedId(account('k-1'));
    await mkdir(join(folder, 'transfers'));
    await writeFile(join(folder, 'transfers', `${derivedId}.transfers.jsonl`), '');
    expect(await open().find(account('k-1'))).toBe(derivedId);
    expect(await open().find(account('k-1'))).toBe(derivedId);
    expect(await open().find(account('k-2'))).not.toBe(toDerivedId(account('k-2')));
  });

  it('is found again though the list could not be written', async () => {
    // A folder in the place of the file.
    await mkdir(path);
    const id = await open().find(account('k-1'));
    expect(problems).toContain('unwritable');
    await mkdir(join(folder, 'transfers'));
    await writeFile(join(folder, 'transfers', `${id}.transfers.jsonl`), '');
    expect(await open().find(account('k-1'))).toBe(id);
  });
});

describe('a key that takes the place of another', () => {
  it('has its location where both are of one endpoint, user and workspace, and both find it from then on', async () => {
    const id = await open().connect(account('k-1'), SCOPE, null);
    expect(await open().connect(account('k-2'), SCOPE, id)).toBe(id);
    expect(await open().find(account('k-1'))).toBe(id);
    expect(await open().find(account('k-2'))).toBe(id);
  });

  it.each([
    ['another workspace', account('k-2'), { ...SCOPE, workspaceId: 'b1' }],
    ['another user', account('k-2'), { ...SCOPE, userId: 'user_2' }],
    ['another endpoint', account('k-2', { endpoint: 'http://localhost:8080/v1' }), SCOPE],
    ['nobody knows whom', account('k-2'), null],
  ])('has a location of its own where it is of %s', async (_whom, second, scope) => {
    const id = await open().connect(account('k-1'), SCOPE, null);
    const other = await open().connect(second, scope, id);
    expect(other).not.toBe(id);
    expect(await open().find(second)).toBe(other);
    expect(await open().find(account('k-1'))).toBe(id);
  });

  it('has a location of its own where nobody knows whose the first one was, until the server has said so', async () => {
    const id = await open().find(account('k-1'));
    expect(open().hasScope(id)).toBe(false);
    expect(await open().connect(account('k-2'), SCOPE, id)).not.toBe(id);
    await open().noteScope(id, ENDPOINT, SCOPE);
    expect(await open().connect(account('k-3'), SCOPE, id)).toBe(id);
  });

  it('has a location of its own where the person does not replace the other', async () => {
    const id = await open().connect(account('k-1'), SCOPE, null);
    expect(await open().connect(account('k-2'), SCOPE, null)).not.toBe(id);
  });

  it('replaces the one that was kept', async () => {
    const id = await open().connect(account('k-1'), SCOPE, null);
    expect(open().findKept('account-of-k-1')).toBe(id);
    expect(open().findKept('account-of-k-2')).toBeNull();
    await open().connect(account('k-3', { keyStorage: 'memory' }), SCOPE, null);
    expect(open().findKept('account-of-k-3')).toBeNull();
  });
});

it.each(['', '{', '{"version":2}'])('a list that cannot be read is set aside and told: %j', async (text) => {
  await writeFile(path, text);
  const id = await open().find(account('k-1'));
  expect(problems).toEqual(['damaged']);
  expect(await readFile(`${path}.damaged-1`, 'utf8')).toBe(text);
  expect(await open().find(account('k-1'))).toBe(id);
  expect((await readdir(folder)).sort()).toEqual(['locations.json', 'locations.json.damaged-1']);
});
