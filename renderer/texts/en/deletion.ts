import { plural } from '../format.ts';

/** The words of a deletion: the question, the undo period, the results. */
export const deletionTexts = {
  titleOne: (name: string) => `Delete ${name}?`,
  titleMany: (count: number) => plural(count, { one: 'Delete # file?', other: 'Delete # files?' }),
  from: (location: string, size: string) => `From ${location}, ${size} in all.`,
  fromOne: (location: string, size: string) => `From ${location}, ${size}.`,
  fromOneCreated: (location: string, size: string, created: string) =>
    `From ${location}, ${size}, created ${created}.`,
  fromFolder: (count: number, folder: string, location: string, size: string) =>
    plural(count, {
      one: `# file is in the folder “${folder}” and the folders below it. From ${location}, ${size}.`,
      other: `# files are in the folder “${folder}” and the folders below it. From ${location}, ${size} in all.`,
    }),
  more: (count: number) => plural(count, { one: 'and # more', other: 'and # more' }),
  warning: (count: number, seconds: string) =>
    plural(count, {
      one: `You can undo this for ${seconds}. After that it cannot be undone: the file is gone for good, and OpenRouter keeps no copy.`,
      other: `You can undo this for ${seconds}. After that it cannot be undone: the files are gone for good, and OpenRouter keeps no copy.`,
    }),
  leftOut: (count: number) =>
    plural(count, {
      one: '# other file is already being deleted and is not counted.',
      other: '# other files are already being deleted and are not counted.',
    }),
  unfinishedDownload: 'This file has not finished downloading. Its contents are nowhere else.',
  unfinishedDownloads: (count: number) =>
    plural(count, {
      one: '# of these files has not finished downloading. Its contents are nowhere else.',
      other: '# of these files have not finished downloading. Their contents are nowhere else.',
    }),
  namesLabel: 'Files to delete',
  typeCount: (count: string) => `Type ${count} to confirm`,
  cancel: 'Cancel',
  confirm: 'Delete',
  /** Nothing is deleted yet: followed by the seconds that are left, "in 9 s". */
  waitingOne: (name: string) => `Deleting “${name}”`,
  waitingMany: (count: number) => plural(count, { one: 'Deleting # file', other: 'Deleting # files' }),
  runningOne: (name: string) => `Deleting “${name}”…`,
  runningMany: (count: number) => plural(count, { one: 'Deleting # file…', other: 'Deleting # files…' }),
  continues: 'Continuing a deletion you started earlier.',
  progress: (done: string, count: string) => `${done} of ${count}`,
  failedSoFar: (count: number) =>
    plural(count, { one: '# could not be deleted', other: '# could not be deleted' }),
  paused: {
    limited: (time: string) => `OpenRouter is limiting requests. Resuming ${time}.`,
    failing: (time: string) => `OpenRouter is having problems at the moment. Trying again ${time}.`,
    unreachable: 'OpenRouter can’t be reached. Resuming as soon as it can be.',
  },
  fromLastTime: 'You started this deletion before the app was last closed.',
  stopping: 'Stopping…',
  undo: 'Undo',
  stop: 'Stop',
  tryNow: 'Try now',
  undone: 'Nothing was deleted',
  notCarriedOut: 'The app quit before the undo period ended, so nothing was deleted.',
  tooLate: 'Too late to undo: the deletion has started',
  doneOne: (name: string) => `Deleted “${name}”`,
  doneMany: (count: number) => plural(count, { one: 'Deleted # file', other: 'Deleted # files' }),
  stopped: (count: number) =>
    plural(count, { one: 'Stopped. # file was kept.', other: 'Stopped. # files were kept.' }),
  /** After the app ended in between, or a sign-out: what had been asked for then may be gone. */
  stoppedBefore: (count: number) =>
    plural(count, {
      one: 'Stopped. Up to # file was kept.',
      other: 'Stopped. Up to # files were kept.',
    }),
  damaged: (count: number) =>
    plural(count, {
      one: 'The record of a deletion of # file is damaged',
      other: 'The record of a deletion of # files is damaged',
    }),
  damagedRest: (count: number) =>
    plural(count, {
      one: 'The deletion stopped. We can’t tell whether # file was deleted. Refresh to check.',
      other: 'The deletion stopped. We can’t tell whether # files were deleted. Refresh to check.',
    }),
  failedOne: (name: string) => `“${name}” was not deleted`,
  failedMany: (count: number) =>
    plural(count, { one: '# file was not deleted', other: '# files were not deleted' }),
  /** Of files of which at least one may be gone. */
  openOne: (name: string) => `“${name}” may not have been deleted`,
  openMany: (count: number) =>
    plural(count, { one: '# file may not have been deleted', other: '# files may not have been deleted' }),
  failure: (names: string, title: string, action: string) => `${names}: ${title}. ${action}`,
  cause: (title: string, action: string) => `${title}. ${action}`,
  name: (name: string) => `“${name}”`,
  moreFailed: (count: number) =>
    plural(count, {
      one: '# more was not deleted. See its details for the reason.',
      other: '# more were not deleted. See their details for the reasons.',
    }),
  moreFailedBefore: (count: number) =>
    plural(count, { one: '# more was not deleted.', other: '# more were not deleted.' }),
  retry: 'Try again',
};
