import { describe, expect, it } from 'vitest';
import { findConcernInFolder, findConcernOfFile, isPrivateKey } from './upload-concerns.ts';

const inFolder = (path: string) => {
  const [folder = '', ...segments] = path.split('/');
  return findConcernInFolder(folder, segments);
};

describe('a likely secret', () => {
  it.each([
    '.env',
    '.env.production',
    'prod.env',
    '.envrc',
    'id_rsa',
    'id_ed25519_sk',
    'Server.PEM',
    'cert.pfx',
    'passwords.kdbx',
    'login.keychain-db',
    '.netrc',
    '.npmrc',
    '.git-credentials',
    'credentials',
    'credentials.json',
    'secrets.yaml',
    'client_secret_123.apps.json',
    'service-account-prod.json',
    'terraform.tfstate.backup',
    'wallet.dat',
    '.bash_history',
  ])('is known by the name %s, in a folder and by itself', (name) => {
    expect(findConcernOfFile(name)).toBe('secret');
    expect(inFolder(`d/${name}`)).toBe('secret');
  });

  it.each(['work/.ssh/config', '.aws/config', 'home/.gnupg/pubring.kbx'])(
    'is known by the folder of %s',
    (path) => expect(inFolder(path)).toBe('secret'),
  );

  it.each([
    '.env.example',
    '.env.local.sample',
    'id_rsa.pub',
    'environment.md',
    'keynote.pdf',
    'monkey.txt',
    'The secret garden.epub',
    'credentials guide.docx',
  ])('is not %s', (name) => expect(findConcernOfFile(name)).toBeNull());

  it.each([
    '-----BEGIN PRIVATE KEY-----\n',
    '\n-----BEGIN RSA PRIVATE KEY-----\n',
    '-----BEGIN ENCRYPTED PRIVATE KEY-----\n',
    '-----BEGIN PGP PRIVATE KEY BLOCK-----\n',
    'PuTTY-User-Key-File-3: ssh-ed25519\n',
  ])('is known by a beginning like %j', (text) => expect(isPrivateKey(Buffer.from(text))).toBe(true));

  it.each([
    '-----BEGIN PUBLIC KEY-----\n',
    '-----BEGIN CERTIFICATE-----\n',
    'See -----BEGIN PRIVATE KEY-----',
  ])('is not known by a beginning like %j', (text) => expect(isPrivateKey(Buffer.from(text))).toBe(false));
});

describe('a leftover in a folder', () => {
  it.each([
    'd/~$report.docx',
    'd/.~lock.sheet.ods#',
    'd/data.laccdb',
    'd/.notes.txt.swp',
    'd/notes.txt~',
    'd/#notes#',
    'd/.#notes',
    'd/film.mp4.part',
    'd/setup.exe.crdownload',
    'd/.openrouter-1.part',
    'd/export.tmp',
    'd/$RECYCLE.BIN/S-1/x.txt',
    'd/.Trash-1000/files/x.txt',
  ])('is %s', (path) => expect(inFolder(path)).toBe('leftover'));

  it.each(['d/yarn.lock', 'd/#1 plan.docx', 'd/party.txt', 'd/template.md', 'd/~notes.txt'])(
    'is not %s',
    (path) => expect(inFolder(path)).toBeNull(),
  );
});

describe('a hidden file in a folder', () => {
  it.each(['d/.gitignore', 'd/a/.config/x.toml', 'd/.git/HEAD', '.git/HEAD', '.hg/store/00manifest.i'])(
    'is %s',
    (path) => expect(inFolder(path)).toBe('hidden'),
  );

  it('is not one of a hidden folder that a person chose, but for version control', () => {
    expect(inFolder('.config/app/settings.json')).toBeNull();
  });

  it('is not one that was given by itself', () => expect(findConcernOfFile('.gitignore')).toBeNull());
});
