import { plural } from '../format.ts';

/** The words of a deletion: the question, the seconds to take it back, the results. */
export const deletionTexts = {
  titleOne: (name: string) => `Delete ${name}?`,
  titleMany: (count: number) => plural(count, { one: 'Delete # file?', other: 'Delete # files?' }),
  from: (location: string, size: string) => `From ${location}, ${size} in all.`,
  fromOne: (location: string, size: string) => `From ${location}, ${size}.`,
  more: (count: number) => plural(count, { one: 'and # more', other: 'and # more' }),
  warning: (seconds: string) =>
    `You have ${seconds} to take it back. Once carried out it cannot be undone, and OpenRouter keeps no copy.`,
  namesLabel: 'Files to delete',
  cancel: 'Cancel',
  confirm: 'Delete',
  waitingOne: (name: string) => `Deleting “${name}”…`,
  waitingMany: (count: number) => plural(count, { one: 'Deleting # file…', other: 'Deleting # files…' }),
  undo: 'Undo',
  undone: 'Nothing was deleted',
  tooLate: 'Too late to undo: the deletion has begun',
  doneOne: (name: string) => `Deleted “${name}”`,
  doneMany: (count: number) => plural(count, { one: 'Deleted # file', other: 'Deleted # files' }),
  failedOne: (name: string) => `“${name}” was not deleted`,
  failedMany: (count: number) =>
    plural(count, { one: '# file was not deleted', other: '# files were not deleted' }),
  failure: (name: string, title: string, action: string) => `“${name}”: ${title}. ${action}`,
  retry: 'Try again',
};
