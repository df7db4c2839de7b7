import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppFailure } from '#app/errors.ts';
import type { CheckedKey } from './account.ts';
import { createAccountList } from './account-list.ts';
import { createAccounts } from './accounts.ts';
import { takeEnvironment } from './environment.ts';
import { createMemoryKeychain } from './memory-keychain.ts';

const ENDPOINT = 'https://openrouter.ai/api/v1';

let folder: string;
let listPath: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'files-for-openrouter-'));
  listPath = join(folder, 'accounts.json');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function checkKey(): Promise<CheckedKey> {
  return { label: 'sk-or-v1-abc...xyz', scope: null };
}

function setUp(check: () => Promise<CheckedKey> = checkKey) {
  const keychain = createMemoryKeychain();
  const secrets: string[] = [];
  const parts = {
    list: createAccountList(listPath),
    keychain,
    owner: 'this',
    checkKey: check,
    onSecret: (secret: string) => secrets.push(secret),
  };
  return { accounts: createAccounts(parts), again: () => createAccounts(parts), keychain, secrets };
}

describe('accounts', () => {
  it('keep key and endpoint together in the keychain, and neither in a file', async () => {
    const { accounts, again, keychain } = setUp();
    const { account } = await accounts.connect({
      key: ' sk-or-v1-secret ',
      endpoint: `${ENDPOINT}/`,
      isRemembered: true,
    });
    expect(account).toMatchObject({ key: 'sk-or-v1-secret', endpoint: ENDPOINT, keyStorage: 'keychain' });
    expect(keychain.entries.size).toBe(1);
    expect(await readFile(listPath, 'utf8')).not.toMatch(/secret|openrouter/);
    expect(again().hasKept()).toBe(true);
    expect(await again().readKept()).toEqual(account);
  });

  it('leave nothing behind when the key is not to be remembered', async () => {
    const { accounts, keychain } = setUp();
    const { account } = await accounts.connect({ key: 'k-1', endpoint: ENDPOINT, isRemembered: false });
    expect(account.keyStorage).toBe('memory');
    expect(keychain.entries.size).toBe(0);
    expect(accounts.hasKept()).toBe(false);
  });

  it('keep nothing that the server did not accept', async () => {
    const { accounts, keychain } = setUp(() => Promise.reject(new AppFailure({ code: 'unauthorized' })));
    await expect(accounts.connect({ key: 'k-1', endpoint: ENDPOINT, isRemembered: true })).rejects.toThrow(
      'unauthorized',
    );
    expect(keychain.entries.size).toBe(0);
    expect(accounts.hasKept()).toBe(false);
  });

  it('tell of a key before it is used for anything', async () => {
    const { accounts, secrets } = setUp(() => {
      expect(secrets).toEqual(['k-1']);
      return checkKey();
    });
    await accounts.connect({ key: 'k-1', endpoint: ENDPOINT, isRemembered: false });
  });

  it('have one kept account: a new one replaces it and its key', async () => {
    const { accounts, keychain } = setUp();
    await accounts.connect({ key: 'k-1', endpoint: ENDPOINT, isRemembered: true });
    await accounts.connect({ key: 'k-2', endpoint: ENDPOINT, isRemembered: true });
    expect([...keychain.entries.values()].join()).not.toContain('k-1');
    expect((await accounts.readKept())?.key).toBe('k-2');
  });

  it('are removed with their key', async () => {
    const { accounts, keychain } = setUp();
    const { account } = await accounts.connect({ key: 'k-1', endpoint: ENDPOINT, isRemembered: true });
    await accounts.remove(account, false);
    expect(keychain.entries.size).toBe(0);
    expect(accounts.hasKept()).toBe(false);
  });

  it('are not forgotten while their key could not be removed', async () => {
    const { accounts, keychain } = setUp();
    const { account } = await accounts.connect({ key: 'k-1', endpoint: ENDPOINT, isRemembered: true });
    keychain.isLocked = true;
    await expect(accounts.remove(account, false)).rejects.toThrow('keychainUnavailable');
    expect(accounts.hasKept()).toBe(true);
  });

  it('are not forgotten when the keychain gives nothing as it is locked', async () => {
    const { accounts, keychain } = setUp();
    const { account } = await accounts.connect({ key: 'k-1', endpoint: ENDPOINT, isRemembered: true });
    const [[id, entry] = ['', '']] = keychain.entries;
    keychain.entries.clear();
    keychain.tryOut = () => Promise.reject(new AppFailure({ code: 'keychainUnavailable', reason: 'locked' }));
    await expect(accounts.readKept()).rejects.toThrow('keychainUnavailable');
    await expect(accounts.remove(account, false)).rejects.toThrow('keychainUnavailable');
    keychain.entries.set(id, entry);
    expect(await accounts.readKept()).toEqual(account);
  });

  it('can be signed out when somebody else has removed the key from the keychain', async () => {
    const { accounts, keychain } = setUp();
    const { account } = await accounts.connect({ key: 'k-1', endpoint: ENDPOINT, isRemembered: true });
    keychain.entries.clear();
    await accounts.remove(account, false);
    expect(accounts.hasKept()).toBe(false);
  });

  it('can be signed out while the keychain is gone, and their key is removed when it is back', async () => {
    const { accounts, again, keychain } = setUp();
    const { account } = await accounts.connect({ key: 'k-1', endpoint: ENDPOINT, isRemembered: true });
    keychain.isLocked = true;
    await accounts.remove(account, true);
    expect(accounts.hasKept()).toBe(false);
    await again().removeLeft();
    expect(keychain.entries.size).toBe(1);
    keychain.isLocked = false;
    await again().removeLeft();
    expect(keychain.entries.size).toBe(0);
    expect(await readFile(listPath, 'utf8')).not.toContain(account.id);
  });

  it('whose key was given up while it was being written are not found at the next start, but removed', async () => {
    const { accounts, again, keychain } = setUp();
    const { write } = keychain;
    let finish = () => Promise.resolve();
    keychain.write = (id, secret) => {
      finish = () => write(id, secret);
      return Promise.reject(new AppFailure({ code: 'keychainSilent' }));
    };
    await expect(accounts.connect({ key: 'k-1', endpoint: ENDPOINT, isRemembered: true })).rejects.toThrow(
      'keychainSilent',
    );
    await finish();
    expect(keychain.entries.size).toBe(1);
    expect(await again().recover()).toBe(false);
    expect(again().hasKept()).toBe(false);
    await again().removeLeft();
    expect(keychain.entries.size).toBe(0);
    expect(await readFile(listPath, 'utf8')).toMatch(/"leftIds": \[\]/);
  });

  it('leave no trace in their list when the keychain says that it kept nothing', async () => {
    const { accounts, keychain } = setUp();
    keychain.write = () =>
      Promise.reject(new AppFailure({ code: 'keychainUnavailable', reason: 'dismissed' }));
    await expect(accounts.connect({ key: 'k-1', endpoint: ENDPOINT, isRemembered: true })).rejects.toThrow(
      'keychainUnavailable',
    );
    expect(await readFile(listPath, 'utf8')).toMatch(/"leftIds": \[\]/);
  });

  it('say why they could not be kept also when their key cannot be removed, which a later start does', async () => {
    const { accounts, again, keychain } = setUp();
    const { account: kept } = await accounts.connect({ key: 'k-1', endpoint: ENDPOINT, isRemembered: true });
    const { remove } = keychain;
    keychain.remove = (id) =>
      Promise.reject(new AppFailure({ code: id === kept.id ? 'keychainSilent' : 'cancelled' }));
    await expect(accounts.connect({ key: 'k-2', endpoint: ENDPOINT, isRemembered: true })).rejects.toThrow(
      'keychainSilent',
    );
    keychain.remove = remove;
    expect((await again().readKept())?.key).toBe('k-1');
    await again().removeLeft();
    expect([...keychain.entries.keys()]).toEqual([kept.id]);
  });

  it('stay in their list when a key that was left is removed at the same moment', async () => {
    const { accounts, again, keychain } = setUp();
    const { account: left } = await accounts.connect({ key: 'k-1', endpoint: ENDPOINT, isRemembered: true });
    await accounts.remove(left, true);
    const [{ account }] = await Promise.all([
      accounts.connect({ key: 'k-2', endpoint: ENDPOINT, isRemembered: true }),
      accounts.removeLeft(),
      again().removeLeft(),
    ]);
    expect(await again().readKept()).toEqual(account);
    expect([...keychain.entries.keys()]).toEqual([account.id]);
  });

  it('leave no key in the keychain when their list cannot be written', async () => {
    const { accounts, keychain } = setUp();
    await mkdir(listPath);
    await expect(accounts.connect({ key: 'k-1', endpoint: ENDPOINT, isRemembered: true })).rejects.toThrow();
    expect(keychain.entries.size).toBe(0);
  });

  describe.each([
    ['is damaged', (path: string) => writeFile(path, '{"version":1,"acc')],
    ['is missing', (path: string) => rm(path)],
    ['is a newer app’s', (path: string) => writeFile(path, '{"version":2,"accounts":[]}')],
  ])('whose list %s', (_name, lose) => {
    const keep = async () => {
      const parts = setUp();
      const { account } = await parts.accounts.connect({
        key: 'k-1',
        endpoint: ENDPOINT,
        isRemembered: true,
      });
      await lose(listPath);
      return { ...parts, accounts: parts.again(), account };
    };

    it('are found in the keychain again, and signing out leaves no key there', async () => {
      const { accounts, account, keychain } = await keep();
      expect(accounts.hasKept()).toBe(false);
      expect(await accounts.recover()).toBe(true);
      expect(await accounts.readKept()).toEqual(account);
      await accounts.remove(account, false);
      expect(keychain.entries.size).toBe(0);
      expect(await accounts.recover()).toBe(false);
    });

    it('are replaced by a new one even if they could not be found at first', async () => {
      const { accounts, keychain } = await keep();
      keychain.isLocked = true;
      expect(await accounts.recover()).toBe(false);
      keychain.isLocked = false;
      await accounts.connect({ key: 'k-2', endpoint: ENDPOINT, isRemembered: true });
      expect([...keychain.entries.values()].join()).not.toContain('k-1');
    });
  });

  it('leave the keys alone that an app with another data folder, or something else, keeps in the same keychain', async () => {
    const { accounts, keychain } = setUp();
    const others = [
      ['a', JSON.stringify({ endpoint: ENDPOINT, key: 'k-1', keyLabel: null, owner: 'another' })],
      ['b', 'something else'],
      ['c', JSON.stringify({ endpoint: ENDPOINT, key: 'k-1', keyLabel: null, owner: 5 })],
    ] as const;
    for (const [id, entry] of others) keychain.entries.set(id, entry);
    expect(await accounts.recover()).toBe(false);
    await accounts.connect({ key: 'k-2', endpoint: ENDPOINT, isRemembered: true });
    expect(keychain.entries.size).toBe(4);
  });

  it('are found that the first versions kept, whose entries name no data folder', async () => {
    const { accounts, keychain } = setUp();
    keychain.entries.set('a', JSON.stringify({ endpoint: ENDPOINT, key: 'k-1', keyLabel: null }));
    expect(await accounts.recover()).toBe(true);
    expect((await accounts.readKept())?.key).toBe('k-1');
  });

  it('say whether there is a keychain', async () => {
    const { accounts, keychain } = setUp();
    expect(await accounts.keychainStatus()).toEqual({ isAvailable: true });
    keychain.isLocked = true;
    expect(await accounts.keychainStatus()).toEqual({ isAvailable: false, reason: 'locked' });
  });

  it('take a key from the environment once, and leave it out of what children inherit', () => {
    const { accounts, secrets } = setUp();
    const inherited: NodeJS.ProcessEnv = {
      OPENROUTER_API_KEY: 'k-1',
      OPENROUTER_BASE_URL: 'http://127.0.0.1:9/api/v1',
    };
    const environment = takeEnvironment(inherited);
    expect(JSON.stringify(inherited)).not.toContain('k-1');
    expect(accounts.takeFromEnvironment(environment)).toMatchObject({
      key: 'k-1',
      endpoint: 'http://127.0.0.1:9/api/v1',
      keyStorage: 'environment',
    });
    expect(secrets).toEqual(['k-1']);
    expect(accounts.takeFromEnvironment(environment)).toBeUndefined();
  });

  it('know the key from the environment as it is sent, without the line break after it', () => {
    const { accounts, secrets } = setUp();
    const account = accounts.takeFromEnvironment({ OPENROUTER_API_KEY: 'k-1\r\n' });
    expect(account?.key).toBe('k-1');
    expect(secrets).toEqual(['k-1']);
  });

  it('leave nothing in the environment that makes Node or Chromium write down what is sent', () => {
    const inherited: NodeJS.ProcessEnv = {
      NODE_DEBUG: 'http',
      NODE_DEBUG_NATIVE: 'tls',
      SSLKEYLOGFILE: 'keys',
    };
    takeEnvironment(inherited);
    expect(inherited).toEqual({});
  });

  it('ignore an endpoint in the environment without a key', () => {
    expect(
      setUp().accounts.takeFromEnvironment({ OPENROUTER_BASE_URL: 'http://127.0.0.1:9' }),
    ).toBeUndefined();
  });

  it.each(['', ' ', 'a b', 'a\nb', 'schlüssel', 'k'.repeat(4097)])(
    'refuse %j as a key without asking the server',
    async (key) => {
      const { accounts } = setUp(() => Promise.reject(new Error('asked')));
      await expect(accounts.connect({ key, endpoint: ENDPOINT, isRemembered: false })).rejects.toThrow(
        'invalidKey',
      );
    },
  );

  it('take the key out of what was pasted or exported with it', async () => {
    const { accounts, secrets } = setUp();
    const key = '\uFEFFexport OPENROUTER_API_KEY="sk-or-v1-\u200Bsecret",\n';
    expect(await accounts.connect({ key, endpoint: ENDPOINT, isRemembered: false })).toMatchObject({
      account: { key: 'sk-or-v1-secret' },
    });
    expect(secrets).toEqual(['sk-or-v1-secret']);
    expect(accounts.takeFromEnvironment({ OPENROUTER_API_KEY: 'Bearer sk-or-v1-secret\n' })).toMatchObject({
      key: 'sk-or-v1-secret',
    });
  });
});
