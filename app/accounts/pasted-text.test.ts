import { describe, expect, it } from 'vitest';
import { findKeyProblem, toPastedAddress, toPastedKey } from './pasted-text.ts';

const KEY = 'sk-or-v1-0123456789abcdef';

describe('a pasted key', () => {
  it.each([
    KEY,
    `  ${KEY}\n`,
    `Bearer ${KEY}`,
    `bearer  ${KEY}`,
    `Authorization: Bearer ${KEY}`,
    `-H "Authorization: Bearer ${KEY}"`,
    `"${KEY}"`,
    `'${KEY}',`,
    `“${KEY}”`,
    `<${KEY}>`,
    `\`${KEY}\``,
    `${KEY},`,
    `${KEY};`,
    `OPENROUTER_API_KEY=${KEY}`,
    `export OPENROUTER_API_KEY="${KEY}"`,
    `set OPENROUTER_API_KEY=${KEY}`,
    `setx OPENROUTER_API_KEY "${KEY}"`,
    `$env:OPENROUTER_API_KEY = "${KEY}"`,
    `  "OPENROUTER_API_KEY": "${KEY}",`,
    `apiKey: '${KEY}',`,
    `const apiKey = "${KEY}";`,
    `process.env.OPENROUTER_API_KEY = '${KEY}';`,
    `\uFEFF${KEY}`,
    `${KEY.slice(0, 9)}\u200B${KEY.slice(9)}\u200B`,
    `\u2060\u202A${KEY}\u202C`,
    `\u00A0${KEY}\u00A0`,
    `${KEY}\u0000`,
    `${KEY.slice(0, 12)}\r\n  ${KEY.slice(12)}`,
    `${KEY.slice(0, 12)} ${KEY.slice(12)}`,
    `DEBUG=1\nOPENROUTER_API_KEY=${KEY}\nPORT=8080\n`,
    `PORT=8080 export OPENROUTER_API_KEY="${KEY}" export OTHER=2`,
  ])('is taken out of %j', (text) => expect(toPastedKey(text)).toBe(KEY));

  it.each(['abc.def-ghi_jkl==', 'user:pass', 'k-1', 'token', 'Bearer', 'keyabc', 'a+b/c='])(
    'of another server stays as it is: %j',
    (text) => expect(toPastedKey(text)).toBe(text),
  );

  it.each([
    ['', 'empty'],
    ['my key', 'forbiddenCharacter'],
    ['schlüssel', 'forbiddenCharacter'],
    [`sk-${'a'.repeat(4093)}`, null],
    [`sk-${'a'.repeat(4094)}`, 'tooLong'],
  ])('%j has the problem %j', (key, problem) => expect(findKeyProblem(key)).toBe(problem));
});

describe('a pasted endpoint', () => {
  it.each([
    'https://example.org/v1',
    ' "https://example.org/v1", ',
    '<https://example.org/v1>',
    'OPENROUTER_BASE_URL=https://example.org/v1',
    '\uFEFFhttps://example\u200B.org/v1\n',
  ])('is taken out of %j', (text) => expect(toPastedAddress(text)).toBe('https://example.org/v1'));
});
