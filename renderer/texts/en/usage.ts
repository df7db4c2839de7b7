import type { UsageBasis } from '#app/files/workspace-usage.ts';
import { plural } from '../format.ts';

/** Where the figure comes from. */
const sources: Readonly<Record<UsageBasis, string>> = {
  listing: 'Calculated from your file list',
  partOfListing: 'Calculated from the files loaded so far',
  lastTime: 'Calculated from your last session',
};

/** The words of how much of a workspace is used. */
export const usageTexts = {
  label: 'Storage',
  used: (used: string, quota: string) => `${used} of ${quota} used`,
  usedAtLeast: (used: string, quota: string) => `At least ${used} of ${quota} used`,
  usedOfAny: (used: string) => `${used} used`,
  usedAtLeastOfAny: (used: string) => `At least ${used} used`,
  notKnown: 'Not known yet',
  files: (count: number) => plural(count, { one: '# file', other: '# files' }),
  sources,
  sourceNotRead: 'Calculated once your file list is loaded',
  shareNotKnown: '–',
  nearlyFull: (percent: string) => `Nearly full: ${percent}`,
  full: 'Full: uploads may be refused',
  byKind: 'By kind',
  showLargest: 'Show largest files',
};
