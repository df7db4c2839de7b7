import { describe, expect, it } from 'vitest';
import { renameEncoding } from './rename-encoding.ts';

describe('the encoding that a text names', () => {
  it.each([
    ['<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>', '<?xml version="1.0" encoding="UTF-8"?><a>é</a>'],
    ["<?xml version='1.0' encoding = 'x'?><a/>", "<?xml version='1.0' encoding = 'UTF-8'?><a/>"],
    ['<html><meta charset=windows-1252><p>é', '<html><meta charset=UTF-8><p>é'],
    [
      '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">',
      '<meta http-equiv="Content-Type" content="text/html; charset=UTF-8">',
    ],
    ['@charset "iso-8859-15";', '@charset "UTF-8";'],
  ])('is UTF-8 in its copy: %s', (before, after) => {
    expect(renameEncoding(before)).toBe(after);
  });

  it.each(['The charset="x" of a text', '<?xml version="1.0"?><a/>', ''])(
    'is not put where none is: %s',
    (text) => {
      expect(renameEncoding(text)).toBe(text);
    },
  );
});
