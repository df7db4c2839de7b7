import { plural } from '../format.ts';

/** The words of how much of a workspace is used. */
export const usageTexts = {
  label: 'Storage',
  used: (used: string, quota: string) => `${used} of ${quota} used`,
  usedAtLeast: (used: string, quota: string) => `At least ${used} of ${quota} used`,
  notKnown: 'Not known yet',
  files: (count: number) => plural(count, { one: '# file', other: '# files' }),
  source: 'Added up from the list of files',
  sourceReading: 'Added up from the files read so far',
  sourceNotRead: 'Added up from the list once it is read',
  shareNotKnown: '–',
  nearlyFull: (percent: string) => `Nearly full: ${percent}`,
  full: 'Full: uploads may be refused',
  byKind: 'By kind',
  showLargest: 'Show largest files',
};
