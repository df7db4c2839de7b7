import { describe, expect, it } from 'vitest';
import type { AppError, AppErrorCode } from '#app/errors.ts';
import { CONTENT_KINDS, type ContentKind } from '#app/files/content-kind.ts';
import type { TextEncoding } from '#app/files/text-encoding.ts';
import { describeError, type Operation } from './describe-error.ts';

/** One error of every code; a missing one does not compile. */
const ERRORS: { readonly [Code in AppErrorCode]: Extract<AppError, { readonly code: Code }> } = {
  badRequest: { code: 'badRequest', serverMessage: 'Invalid request parameters' },
  invalidFile: { code: 'invalidFile', serverMessage: 'File type is not allowed' },
  notSaveable: { code: 'notSaveable' },
  unauthorized: { code: 'unauthorized' },
  paymentRequired: { code: 'paymentRequired', serverMessage: 'Insufficient credits' },
  forbidden: { code: 'forbidden', serverMessage: 'Only management keys can perform this operation' },
  uploadForbidden: { code: 'uploadForbidden', serverMessage: 'Storage quota exceeded', mayBeFull: true },
  maybeDeleted: { code: 'maybeDeleted' },
  beingDeleted: { code: 'beingDeleted' },
  beingReplaced: { code: 'beingReplaced' },
  storedMixture: { code: 'storedMixture' },
  notFound: { code: 'notFound' },
  keyWithoutFiles: { code: 'keyWithoutFiles', serverMessage: 'Resource not found' },
  fileTooLarge: { code: 'fileTooLarge', sizeBytes: 157_286_400, limitBytes: 104_857_600 },
  rateLimited: { code: 'rateLimited', retryAfterMs: 30_000 },
  serverFailed: { code: 'serverFailed', serverMessage: 'Internal Server Error' },
  providerFailed: { code: 'providerFailed', serverMessage: 'Provider returned error' },
  unavailable: { code: 'unavailable', retryAfterMs: null },
  unexpectedAnswer: { code: 'unexpectedAnswer', status: 418, detail: 'status', serverMessage: 'Teapot' },
  reportedError: { code: 'reportedError', status: 200, serverMessage: 'Try another region' },
  offline: { code: 'offline' },
  timedOut: { code: 'timedOut' },
  deletedHere: { code: 'deletedHere' },
  connectionLost: { code: 'connectionLost' },
  untrustedCertificate: { code: 'untrustedCertificate' },
  proxyRefused: { code: 'proxyRefused', status: 502 },
  uploadsBlocked: { code: 'uploadsBlocked', obstacle: 'proxySignIn' },
  maybeUploaded: { code: 'maybeUploaded', reason: 'severalMatches' },
  fileEmpty: { code: 'fileEmpty' },
  fileMissing: { code: 'fileMissing' },
  diskSilent: { code: 'diskSilent' },
  nameNotUtf8: { code: 'nameNotUtf8' },
  fileUnreadable: { code: 'fileUnreadable' },
  fileChanged: { code: 'fileChanged' },
  unsupportedType: { code: 'unsupportedType', contentKind: 'zip' },
  notUtf8: { code: 'notUtf8', encoding: 'windows-1252' },
  invalidName: { code: 'invalidName', problem: 'forbiddenCharacter', part: 'file', suggestedName: 'a_b.txt' },
  incompleteDownload: { code: 'incompleteDownload', expectedBytes: 2000, receivedBytes: 1000 },
  diskFull: { code: 'diskFull' },
  notEnoughSpace: { code: 'notEnoughSpace', neededBytes: 2048, freeBytes: 1024 },
  journalUnwritable: { code: 'journalUnwritable' },
  folderUnwritable: { code: 'folderUnwritable' },
  folderMissing: { code: 'folderMissing' },
  nameNotAllowed: { code: 'nameNotAllowed' },
  targetIsFolder: { code: 'targetIsFolder' },
  targetLocked: { code: 'targetLocked' },
  partialFileLost: { code: 'partialFileLost' },
  targetExists: { code: 'targetExists' },
  invalidEndpoint: { code: 'invalidEndpoint', problem: 'notHttps' },
  invalidKey: { code: 'invalidKey', problem: 'tooLong' },
  keychainSilent: { code: 'keychainSilent' },
  keychainUnavailable: { code: 'keychainUnavailable', reason: 'The name is not activatable' },
  signedOut: { code: 'signedOut' },
  tooMany: { code: 'tooMany', limit: 1000 },
  cancelled: { code: 'cancelled' },
  refused: { code: 'refused' },
  unexpected: { code: 'unexpected', errorId: 'e-123' },
};

const all = Object.values(ERRORS);

describe('describeError', () => {
  it('gives every error a title of its own, a meaning and an action', () => {
    const titles = all.map((error) => describeError(error, 'upload').title);
    expect(new Set(titles).size).toBe(all.length);
    for (const error of all) {
      const { title, meaning, action } = describeError(error, 'upload');
      expect(title).not.toMatch(/\.$/);
      expect(meaning).toMatch(/\.$/);
      expect(action).toMatch(/[.”]$/);
    }
  });

  it.each([
    ['upload', 'The file was not uploaded.'],
    ['save', 'Nothing was saved to this computer.'],
    ['delete', 'The file is still stored at OpenRouter.'],
  ] satisfies readonly (readonly [Operation, string])[])(
    'says what it means for %s',
    (operation, meaning) => {
      expect(describeError(ERRORS.connectionLost, operation).meaning).toBe(meaning);
    },
  );

  it.each(['severalMatches', 'lookFailed', 'stopped'] as const)(
    'never says that an upload failed whose outcome is open (%s)',
    (reason) => {
      const { meaning, action, quote } = describeError({ code: 'maybeUploaded', reason }, 'upload');
      expect(meaning).toContain('may or may not');
      expect(quote).toBeNull();
      expect(action).toContain('twice');
    },
  );

  it('quotes what the server said, and nothing when it said nothing', () => {
    expect(describeError(ERRORS.forbidden, 'list').quote).toBe(
      'The server said: “Only management keys can perform this operation”',
    );
    expect(describeError({ code: 'forbidden', serverMessage: ' ' }, 'list').quote).toBeNull();
    expect(describeError(ERRORS.offline, 'list').quote).toBeNull();
  });

  it('keeps what the server said from turning its sentence round', () => {
    const quote = (serverMessage: string) =>
      describeError({ code: 'forbidden', serverMessage }, 'list').quote;
    expect(quote('a\u202Eb')).toBe('The server said: “a\uFFFDb”');
    expect(quote('a\u2066b\u0000')).toBe('The server said: “a\uFFFDb\uFFFD”');
    expect(quote('שלום')).toBe('The server said: “\u2068שלום\u2069”');
    const reason = 'a\u202Eb';
    expect(describeError({ code: 'keychainUnavailable', reason }, 'connect').quote).toContain('a\uFFFDb');
  });

  it('does not say of a file that is gone that it is still there', () => {
    expect(describeError(ERRORS.notFound, 'delete').meaning).toBe('There is nothing left to delete.');
  });

  it('tells when to try again, where the server said so', () => {
    expect(describeError(ERRORS.rateLimited, 'list').action).toBe('Try again in 30 seconds.');
    expect(describeError({ code: 'unavailable', retryAfterMs: 600_000 }, 'list').action).toBe(
      'Try again in 10 minutes.',
    );
    expect(describeError({ code: 'rateLimited', retryAfterMs: null }, 'list').action).toContain(
      'Wait a minute',
    );
  });

  it('holds the facts of the case', () => {
    expect(describeError(ERRORS.fileTooLarge, 'upload').title).toContain('150\u00A0MiB');
    expect(describeError(ERRORS.invalidName, 'upload').action).toContain('“a_b.txt”');
    expect(describeError(ERRORS.incompleteDownload, 'save').title).toContain('1,000 bytes of 2,000 bytes');
    expect(describeError(ERRORS.unsupportedType, 'upload').title).toContain('a ZIP archive');
    expect(describeError(ERRORS.proxyRefused, 'upload').title).toContain('502');
    expect(describeError({ code: 'proxyRefused', status: 407 }, 'upload').title).toContain('password');
    expect(describeError(ERRORS.uploadsBlocked, 'upload').title).toContain('sign-in');
    expect(describeError(ERRORS.notEnoughSpace, 'save').action).toMatch(/2\u00A0KiB.*1\u00A0KiB/);
    expect(describeError(ERRORS.unexpected, 'other').action).toContain('e-123');
    expect(describeError(ERRORS.unexpectedAnswer, 'list').title).toContain('418');
    expect(describeError(ERRORS.tooMany, 'copy').action).toBe('Select at most 1,000 files, then try again.');
  });

  it.each(CONTENT_KINDS)('names refused content in words, never by a MIME type: %s', (contentKind) => {
    const { title } = describeError({ code: 'unsupportedType', contentKind }, 'upload');
    expect(title).toMatch(/^OpenRouter doesn’t accept this/);
    expect(title).not.toMatch(/application\/|unknown|undefined/);
  });

  it('says what to do about refused content, or at least what is accepted', () => {
    const actionOf = (contentKind: ContentKind) =>
      describeError({ code: 'unsupportedType', contentKind }, 'upload').action;
    expect(actionOf('oldOffice')).toContain('.docx');
    expect(actionOf('protectedOffice')).toContain('without a password');
    expect(actionOf('video')).toContain('PDF, PNG');
  });

  it('says that a text is not UTF-8, and which encoding it looks like', () => {
    const titleOf = (encoding: TextEncoding | null) =>
      describeError({ code: 'notUtf8', encoding }, 'upload').title;
    expect(titleOf('windows-1252')).toBe(
      'This is text, but not UTF-8 (it looks like Windows-1252, Western European)',
    );
    expect(titleOf('utf-8')).toBe('This is UTF-8 text with damaged characters');
    expect(titleOf(null)).toBe('This is text, but not UTF-8');
  });

  it('names no limit where the storage has none', () => {
    const error = { code: 'fileTooLarge', sizeBytes: 2_097_152, limitBytes: null } as const;
    expect(describeError(error, 'upload').title).toBe('The server refused the file as too large');
  });

  it('does not blame OpenRouter’s limit for a file that a proxy on the way finds too large', () => {
    const { title, action } = describeError(
      { code: 'fileTooLarge', sizeBytes: 2_097_152, limitBytes: 104_857_600 },
      'upload',
    );
    expect(title).toBe('The server refused the file as too large, although it has only 2\u00A0MiB');
    expect(action).toContain('a proxy or firewall on the way');
    expect(`${title} ${action}`).not.toContain('larger than 100');
  });

  it('does not say that the workspace is full where the list shows otherwise', () => {
    const error = { code: 'uploadForbidden', serverMessage: '', mayBeFull: false } as const;
    const { title, action } = describeError(error, 'upload');
    expect(`${title}. ${action}`).not.toMatch(/full|10 GiB|Delete files/);
  });

  it('quotes the server’s own words for a status that has no error of its own', () => {
    expect(describeError(ERRORS.unexpectedAnswer, 'upload').quote).toContain('Teapot');
  });

  it('says of a listing that never ends what was odd about it', () => {
    const endless: AppError = { code: 'unexpectedAnswer', status: 200, detail: 'endless' };
    const { title, meaning } = describeError(endless, 'list');
    expect(title).toBe('The server’s file list repeats itself');
    expect(meaning).toContain('Files that were already loaded remain usable.');
  });

  it('does not call a file incomplete of which more arrived than it has', () => {
    const longer: AppError = { code: 'incompleteDownload', expectedBytes: 1000, receivedBytes: 1001 };
    expect(describeError(longer, 'save').title).toMatch(/^More arrived than the 1,000.bytes/);
  });

  it('blames nobody else for a file that the person deleted here before it was downloaded', () => {
    const { title, action } = describeError({ code: 'deletedHere' }, 'save');
    expect(title).toBe('The file was deleted before it was downloaded');
    expect(action).toContain('in this app');
    expect(action).not.toContain('Another');
  });

  it('does not tell a person to upload a file that was only to be shown', () => {
    expect(describeError(ERRORS.fileMissing, 'upload').action).toContain('upload it');
    expect(describeError(ERRORS.fileMissing, 'local').action).not.toContain('upload');
  });

  it('offers another way out of a missing keychain in the connect window', () => {
    const action = (operation: Operation) => describeError(ERRORS.keychainUnavailable, operation).action;
    expect(action('connect')).not.toBe(action('account'));
  });

  it('names the list that cannot be saved by what was asked', () => {
    const error: AppError = { code: 'journalUnwritable' };
    expect(describeError(error, 'upload').title).toBe('The list of transfers cannot be saved');
    expect(describeError(error, 'delete')).toMatchObject({
      title: 'The list of deletions cannot be saved',
      meaning: 'The app would lose track of them if it quit now, so nothing more is deleted.',
    });
  });
});
