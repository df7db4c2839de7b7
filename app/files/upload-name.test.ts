import { describe, expect, it } from 'vitest';
import { MAX_FILE_NAME_LENGTH } from '../limits.ts';
import { findNameProblem, suggestRename, suggestUploadName, toFreeUploadName } from './upload-name.ts';

describe('the server’s rules for names', () => {
  it.each([
    'a',
    'a.txt',
    'a/b/c.txt',
    '.hidden',
    '..a',
    'a..b',
    '😀',
    'ünïcode.txt',
    ' a ',
    'CON',
    'x'.repeat(255),
    // A person counts 255 here, a UTF-16 string 510.
    '😀'.repeat(255),
  ])('take %j', (name) => expect(findNameProblem(name)).toBeNull());

  it.each<readonly [string, string]>([
    ['', 'empty'],
    ['x'.repeat(256), 'tooLong'],
    ['😀'.repeat(256), 'tooLong'],
    ['/a', 'edgeSlash'],
    ['a/', 'edgeSlash'],
    ['a//b', 'emptySegment'],
    ['.', 'dotSegment'],
    ['a/../b', 'dotSegment'],
    ['../../x', 'dotSegment'],
    ['a/./b', 'dotSegment'],
    ...[...'<>:"|?*\\'].map((character) => [`a${character}b`, 'forbiddenCharacter'] as const),
    ['a\u0000b', 'forbiddenCharacter'],
    ['a\u007fb', 'forbiddenCharacter'],
    ['a\u0085b', 'forbiddenCharacter'],
  ])('refuse %j', (name, problem) => expect(findNameProblem(name)).toBe(problem));

  it.each([
    ['a:b?.txt', 'a_b_.txt'],
    ['/a/', 'a'],
    ['../../x', 'x'],
    ['//', 'file'],
    ['', 'file'],
    [`dir/${'x'.repeat(300)}.tar`, `dir/${'x'.repeat(247)}.tar`],
    [`${'😀'.repeat(300)}.tar`, `${'😀'.repeat(251)}.tar`],
    [`${'far/'.repeat(100)}near/x.txt`, `${'far/'.repeat(30)}near/x.txt`],
  ])('suggest for %j the name %j', (name, suggested) => expect(suggestUploadName(name)).toBe(suggested));

  it.each(['', '..', `${'😀'.repeat(200)}.txt`, `${'d/'.repeat(200)}x`, '\u0000', `a.${'x'.repeat(300)}`])(
    'take every name that they suggest, such as for %j',
    (name) => {
      const suggested = suggestUploadName(name);
      expect(findNameProblem(suggested)).toBeNull();
      expect([...suggested].length).toBeLessThanOrEqual(MAX_FILE_NAME_LENGTH);
      expect(() => encodeURIComponent(suggested)).not.toThrow();
    },
  );
});

describe('what to rename', () => {
  it.each([
    ['a:b?.txt', 'file', 'a_b_.txt'],
    ['dir/a:b.txt', 'file', 'a_b.txt'],
    ['a/b*c/d.txt', 'folder', 'b_c'],
    [`dir/${'x'.repeat(300)}.txt`, 'file', `${'x'.repeat(247)}.txt`],
    [`${'far/'.repeat(100)}x.txt`, 'path', `${'far/'.repeat(31)}x.txt`],
    ['a//b.txt', 'path', 'a/b.txt'],
    ['', 'file', 'file'],
  ])('of %j is its %s, to %j', (name, part, suggestedName) =>
    expect(suggestRename(name)).toEqual({ part, suggestedName }),
  );
});

describe('a name that is free', () => {
  it.each<readonly [string, readonly string[], string]>([
    ['a.txt', [], 'a.txt'],
    ['a.txt', ['a.txt'], 'a (2).txt'],
    ['a.b/c', ['a.b/c', 'a.b/c (2)'], 'a.b/c (3)'],
    ['a/.env', ['a/.env'], 'a/.env (2)'],
    ['x'.repeat(255), ['x'.repeat(255)], `${'x'.repeat(251)} (2)`],
  ])('beside %j and with %j taken', (name, taken, free) => {
    expect(toFreeUploadName(name, (candidate) => taken.includes(candidate))).toBe(free);
    expect(findNameProblem(free)).toBeNull();
  });
});
