import { expect, it } from 'vitest';
import { redactOutput } from './redact-output.ts';

it('takes secrets out of text that is written, and hands everything else on', () => {
  const written: unknown[][] = [];
  const output = {
    write: (...parameters: unknown[]) => {
      written.push(parameters);
      return false;
    },
  };
  redactOutput((text) => text.replaceAll('secret', '[redacted]'), [output]);
  const done = () => undefined;
  expect(output.write('a secret\n', 'utf8', done)).toBe(false);
  output.write(Buffer.from('bytes'));
  expect(written).toEqual([['a [redacted]\n', 'utf8', done], [Buffer.from('bytes')]]);
});
