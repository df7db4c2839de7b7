import type { UploadConcern } from '#app/transfers/transfer.ts';
import { plural } from '../format.ts';

/** Why one file is not sent before a person has said so. */
const concerns: Readonly<Record<UploadConcern, string>> = {
  secret: 'It may contain a password or a key.',
  hidden: 'It is a hidden file, or in a hidden folder.',
  leftover: 'It looks like a lock file, an unfinished download or a deleted file.',
};

/** The words of what happens between a drop and the first byte sent. */
export const intakeTexts = {
  concerns,
  review: {
    open: 'Review…',
    /** How many files of each concern there are, in one line under the question. */
    counts: {
      secret: (count: number) =>
        plural(count, { one: '# may contain a password or key', other: '# may contain passwords or keys' }),
      hidden: (count: number) => plural(count, { one: '# is hidden', other: '# are hidden' }),
      leftover: (count: number) =>
        plural(count, { one: '# is a temporary or deleted file', other: '# are temporary or deleted files' }),
    } satisfies Readonly<Record<UploadConcern, (count: number) => string>>,
    title: 'Upload these files too?',
    detail: 'They were in what you added, and none of them has been sent. Models can read what you upload.',
    list: 'Files to decide about',
    groups: {
      secret: 'May contain passwords or keys',
      hidden: 'Hidden',
      leftover: 'Temporary, locked or deleted',
    } satisfies Readonly<Record<UploadConcern, string>>,
    folder: (name: string, count: number) =>
      plural(count, { one: `${name} (# file)`, other: `${name} (# files)` }),
    others: (count: number) => plural(count, { one: '# more file', other: '# more files' }),
    later: 'Decide later',
    skipAll: 'Skip all',
    upload: (count: number) => plural(count, { one: 'Upload # file', other: 'Upload # files' }),
  },
  /** Uploads that can be sent in spite of what the app says of them. */
  refused: {
    content: (count: number) =>
      plural(count, {
        one: '# file looks like a type that OpenRouter does not accept',
        other: '# files look like types that OpenRouter does not accept',
      }),
    name: (count: number) =>
      plural(count, {
        one: '# file has a name that OpenRouter does not accept',
        other: '# files have names that OpenRouter does not accept',
      }),
  },
  sendAnyway: (name: string) => `Send ${name} anyway`,
  sendAnywayShort: 'Send anyway',
  utf8CopyButton: (ofName: string) => `Upload a UTF-8 copy${ofName}`,
  /** Follows it, for assistive technology only. */
  ofName: (name: string) => ` of ${name}`,
  utf8Copy: {
    title: (name: string) => `Upload a UTF-8 copy of ${name}?`,
    detail:
      'The copy has the same name and is only made for this upload. The file on this computer stays as it is.',
    encoding: 'Encoding of the file',
    detected: (encoding: string) => `${encoding} (detected)`,
    preview: 'How the copy begins',
    more: 'The rest is not shown.',
    replaced: 'What this encoding does not define is replaced by “\ufffd”. Another encoding may fit better.',
    others: (count: number) =>
      plural(count, {
        one: 'Do the same for # other file with the same detected encoding',
        other: 'Do the same for # other files with the same detected encoding',
      }),
    cancel: 'Cancel',
    upload: (count: number) => plural(count, { one: 'Upload copy', other: 'Upload # copies' }),
  },
  suggestedName: (name: string, suggestedName: string) => `Upload ${name} as ${suggestedName}`,
  suggestedNamesShort: 'Use suggested names',
  renamed: (count: number, names: string) =>
    plural(count, {
      one: `# file was given another name, as two files had the same one (${names})`,
      other: `# files were given other names, as several files had the same one (${names})`,
    }),
  renamedTo: (name: string, newName: string) => `${name} → ${newName}`,
};
