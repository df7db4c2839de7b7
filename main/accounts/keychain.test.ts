import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { createRedactor } from '../security/redaction.ts';
import { toUnavailable } from './keychain.ts';

it('an error of the keychain tells its reason and nothing of a key, also where it is cut', () => {
  const redactor = createRedactor();
  redactor.addSecret('a-key-of-another-form');
  const padding = '.'.repeat(270);
  const cause = new Error(
    `refused ${padding} {"key":"a-key-of-another-form"} sk-or-v1-0123456789abcdef\nand more`,
  );
  const failure = toUnavailable(cause, redactor.redact);
  expect(failure.error).toMatchObject({ code: 'keychainUnavailable' });
  expect(inspect(failure)).toContain('refused');
  expect(inspect(failure)).not.toMatch(/a-key|sk-or/);
});
