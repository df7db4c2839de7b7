import { describe, expect, it } from 'vitest';
import { MAX_FILE_NAME_LENGTH } from '../limits.ts';
import { findNameProblem, suggestUploadName } from './upload-name.ts';

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
  ])('take %j', (name) => expect(findNameProblem(name)).toBeNull());

  it.each<readonly [string, string]>([
    ['', 'empty'],
    ['x'.repeat(256), 'tooLong'],
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
  ])('suggest for %j the name %j', (name, suggested) => expect(suggestUploadName(name)).toBe(suggested));

  it.each(['', '..', `${'😀'.repeat(200)}.txt`, `${'d/'.repeat(200)}x`, '\u0000', `a.${'x'.repeat(300)}`])(
    'take every name that they suggest, such as for %j',
    (name) => {
      const suggested = suggestUploadName(name);
      expect(findNameProblem(suggested)).toBeNull();
      expect(suggested.length).toBeLessThanOrEqual(MAX_FILE_NAME_LENGTH);
      expect(() => encodeURIComponent(suggested)).not.toThrow();
    },
  );
});
