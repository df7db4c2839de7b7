import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cacheFolder } from './cache-folder.mjs';
import { hasDisplay } from './display.mjs';
import { executableIn, failureReason } from './electron-official.mjs';
import { describeRuntime, sandboxSwitches, unprivilegedUser } from './electron-runtime.mjs';
import { describeMismatch } from './npm-packages.mjs';
import { packagedExecutable } from './package.mjs';
import { checkNode } from './set-up.mjs';
import { missingEntries } from './system-packages.mjs';

describe('checkNode', () => {
  test.each(['20.19.0', '20.20.2', '22.0.0', '24.1.0'])('accepts %s', (version) => {
    expect(() => checkNode(version)).not.toThrow();
  });
  test.each(['18.20.0', '20.18.3'])('refuses %s', (version) => {
    expect(() => checkNode(version)).toThrow(`Node ${version} is too old`);
  });
});

describe('cacheFolder', () => {
  test('follows the XDG variable on Linux, and has a default', () => {
    expect(cacheFolder({ XDG_CACHE_HOME: '/cache' }, 'linux', '/home/a')).toBe(
      join('/cache', 'files-for-openrouter'),
    );
    expect(cacheFolder({}, 'linux', '/home/a')).toBe(join('/home/a', '.cache', 'files-for-openrouter'));
  });
  test('is where macOS and Windows keep caches', () => {
    expect(cacheFolder({}, 'darwin', '/Users/a')).toBe(
      join('/Users/a', 'Library', 'Caches', 'files-for-openrouter'),
    );
    expect(cacheFolder({ LOCALAPPDATA: 'L' }, 'win32', 'H')).toBe(join('L', 'files-for-openrouter', 'cache'));
  });
});

describe('describeMismatch', () => {
  const lock = {
    packages: {
      '': { name: 'root' },
      'node_modules/a': { version: '1.0.0', integrity: 'x' },
      'node_modules/other-platform': { version: '1.0.0', optional: true },
    },
  };
  test('accepts what the lock file asks for, without other platforms’ packages', () => {
    const installed = { packages: { 'node_modules/a': { version: '1.0.0', integrity: 'x' } } };
    expect(describeMismatch(lock, installed)).toBeUndefined();
  });
  test.each([
    ['a missing package', {}, 'node_modules/a is missing'],
    ['another version', { 'node_modules/a': { version: '2.0.0', integrity: 'y' } }, 'is 2.0.0, not 1.0.0'],
    ['other content', { 'node_modules/a': { version: '1.0.0', integrity: 'y' } }, 'node_modules/a'],
    [
      'a foreign package',
      { 'node_modules/a': lock.packages['node_modules/a'], 'node_modules/b': { version: '1.0.0' } },
      'node_modules/b is not in the lock file',
    ],
  ])('names %s', (_name, packages, message) => {
    expect(describeMismatch(lock, { packages })).toContain(message);
  });
});

test('a system package counts as installed under any of its names', () => {
  const entries = [['libasound2t64', 'libasound2'], ['xvfb']];
  expect(missingEntries(entries, new Set(['libasound2']))).toEqual([['xvfb']]);
});

describe('Electron', () => {
  test('needs its sandbox off for root only', () => {
    expect(sandboxSwitches(0)).toEqual(['--no-sandbox']);
    expect(sandboxSwitches(1000)).toEqual([]);
  });
  test('has its executable where each platform keeps it', () => {
    expect(executableIn('d', 'linux')).toBe(join('d', 'electron'));
    expect(executableIn('d', 'win32')).toBe(join('d', 'electron.exe'));
    expect(executableIn('d', 'darwin')).toBe(join('d', 'Electron.app', 'Contents', 'MacOS', 'Electron'));
  });
  test('says in its line that the stand-in is for development only', () => {
    const line = describeRuntime({ source: 'registry', version: '33.2.1', executablePath: '/e' });
    expect(line).toContain('Electron 33.2.1');
    expect(line).toContain('for development only');
  });
  test('gives the reason of a failed download in one short line', () => {
    const output = 'noise\nRequestError: getaddrinfo ENOTFOUND example.invalid\n    at a stack\n';
    expect(failureReason(output)).toBe('getaddrinfo ENOTFOUND example.invalid');
    expect(failureReason('')).toBe('no reason given');
  });
});

describe('the packaged app', () => {
  test('lies where electron-builder puts it', () => {
    expect(packagedExecutable('o', 'linux', 'x64')).toBe(join('o', 'linux-unpacked', 'files-for-openrouter'));
    expect(packagedExecutable('o', 'win32', 'arm64')).toBe(
      join('o', 'win-arm64-unpacked', 'Files for OpenRouter.exe'),
    );
    expect(packagedExecutable('o', 'darwin', 'arm64')).toContain(
      join('o', 'mac-arm64', 'Files for OpenRouter.app'),
    );
  });
  test('runs as another user for root only', () => {
    expect(unprivilegedUser(0)).toEqual({ uid: 65_534, gid: 65_534 });
    expect(unprivilegedUser(1000)).toBeUndefined();
  });
});

test('a display is needed on Linux only', () => {
  expect(hasDisplay({}, 'linux')).toBe(false);
  expect(hasDisplay({ DISPLAY: ':0' }, 'linux')).toBe(true);
  expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(true);
  expect(hasDisplay({}, 'darwin')).toBe(true);
});
