import { describe, expect, it } from 'vitest';
import { createRedactor } from './redaction.ts';

describe('redaction', () => {
  it.each([
    ['a key nobody told of', 'key sk-or-v1-0123456789abcdef!', 'key [redacted]!'],
    ['a header', 'Authorization: Bearer abc.def', 'Authorization: Bearer [redacted]'],
    ['a header in JSON', '{"Authorization":"Bearer abc"}', '{"Authorization":"Bearer [redacted]"}'],
  ])('takes out %s', (_name, text, redacted) => expect(createRedactor().redact(text)).toBe(redacted));

  it('takes out a known secret in every form it is written in', () => {
    const redactor = createRedactor();
    redactor.addSecret('p@ss "word"/1');
    expect(redactor.redact('x p@ss "word"/1 y')).toBe('x [redacted] y');
    expect(redactor.redact(`x=${encodeURIComponent('p@ss "word"/1')}`)).toBe('x=[redacted]');
    expect(redactor.redact(JSON.stringify({ key: 'p@ss "word"/1' }))).toBe('{"key":"[redacted]"}');
  });

  it('leaves other text, and a server’s abbreviation of a key, as they are', () => {
    const redactor = createRedactor();
    redactor.addSecret('sk-or-v1-0123456789abcdef');
    expect(redactor.redact('key sk-or-v1-012...def of 2 bearers')).toBe(
      'key sk-or-v1-012...def of 2 bearers',
    );
  });

  it('does not blank out ordinary words for a very short secret', () => {
    const redactor = createRedactor();
    redactor.addSecret('a');
    expect(redactor.redact('banana')).toBe('banana');
  });
});
