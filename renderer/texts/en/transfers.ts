import type { SkippedItem, TransferQuestion, TransferState } from '#app/transfers/transfer.ts';
import { plural } from '../format.ts';

const states: Readonly<Record<TransferState, string>> = {
  queued: 'Queued',
  preparing: 'Preparing',
  asking: 'Question',
  sending: 'Sending',
  waitingForServer: 'Waiting for OpenRouter',
  receiving: 'Receiving',
  verifying: 'Verifying',
  done: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
  skipped: 'Skipped',
  interrupted: 'Interrupted',
  unknown: 'Unknown',
};

type QuestionKind = TransferQuestion['kind'];

/** What is asked of many files at once; `room` is what is left in the workspace. */
const questions: Readonly<Record<QuestionKind, (count: number, room: string) => string>> = {
  sameName: (count) =>
    plural(count, {
      one: '# file is already on OpenRouter with the same name and size',
      other: '# files are already on OpenRouter with the same name and size',
    }),
  sameContent: (count) =>
    plural(count, {
      one: '# file has content that is already on OpenRouter',
      other: '# files have content that is already on OpenRouter',
    }),
  openUpload: (count) =>
    plural(count, {
      one: '# file may already be on OpenRouter, from an upload whose outcome is unknown',
      other: '# files may already be on OpenRouter, from uploads whose outcome is unknown',
    }),
  sensitive: (count) =>
    plural(count, {
      one: '# file was not sent, as you may not want to share it',
      other: '# files were not sent, as you may not want to share them',
    }),
  overQuota: (count, room) =>
    plural(count, {
      one: `# file does not fit into the workspace, which has room for ${room}`,
      other: `# files do not fit into the workspace, which has room for ${room}`,
    }),
};

/** What is asked of one file; `detail` is the name of the other file, or the room that is left. */
const question: Readonly<Record<Exclude<QuestionKind, 'sensitive'>, (detail: string) => string>> = {
  sameName: () => 'A file of the same name and size is already there.',
  sameContent: (name) => `The same content is already there as “${name}”.`,
  openUpload: () =>
    'It may be there already: an earlier upload of the same name and size has an unknown outcome. Check that one again first.',
  overQuota: (room) => `It does not fit into the workspace, which has room for ${room}.`,
};

/** What holds transfers up and what to do about it, by the code of the error; others say what the error says. */
const holdsByCode = {
  rateLimited: { title: 'OpenRouter asked to wait', action: 'Nothing is lost.' },
  unavailable: { title: 'OpenRouter is not available at the moment', action: 'Nothing is lost.' },
  offline: { title: 'No connection', action: 'Transfers resume when you’re back online.' },
  untrustedCertificate: {
    action:
      'If this network asks you to sign in, do that in a browser. Otherwise check this computer’s date, and whether a proxy or a security program reads the connection. Transfers resume when the certificate is trusted.',
  },
  proxyRefused: {
    action:
      'Check the proxy in the system’s network settings, or ask who runs it to allow the endpoint. Transfers resume when the proxy lets them through.',
  },
  unauthorized: {
    title: 'OpenRouter no longer accepts the API key',
    action: 'Activate the key at OpenRouter and resume, or connect with another one.',
  },
  paymentRequired: {
    title: 'The account has no credit left',
    action: 'Add credit at OpenRouter, then resume.',
  },
  uploadForbidden: {
    title: 'OpenRouter refuses uploads to this workspace',
    action:
      'It may be full (it holds 10 GiB), or the key may not upload to it. Delete files or check the key, then resume.',
  },
  uploadForbiddenWithSpace: {
    title: 'An upload was refused',
    action:
      'The key may not be allowed to upload to this workspace, or a firewall on the way blocked the file. Resume to try once more: a file that is refused again fails by itself, and the others continue.',
  },
  journalUnwritable: {
    title: 'The list of transfers cannot be saved',
    action:
      'The app would lose track of them if it quit now. Free up disk space, or check that the app can write to its data folder, then resume. If that does not help, restart the app.',
  },
};

const skipped: Readonly<Record<SkippedItem['reason'], (count: number, names: string) => string>> = {
  systemFile: (count, names) =>
    plural(count, {
      one: `# system file was skipped (${names})`,
      other: `# system files were skipped (${names})`,
    }),
  link: (count, names) =>
    plural(count, { one: `# link was skipped (${names})`, other: `# links were skipped (${names})` }),
  notAFile: (count, names) =>
    plural(count, {
      one: `# item is not a file and was skipped (${names})`,
      other: `# items are not files and were skipped (${names})`,
    }),
  silent: (count, names) =>
    plural(count, {
      one: `# folder was skipped because its drive isn’t responding (${names})`,
      other: `# folders were skipped because their drives aren’t responding (${names})`,
    }),
  unreadable: (count, names) =>
    plural(count, {
      one: `# item could not be read and was skipped (${names})`,
      other: `# items could not be read and were skipped (${names})`,
    }),
  noPath: (count, names) =>
    plural(count, {
      one: `# item is not stored on this computer and was skipped (${names})`,
      other: `# items are not stored on this computer and were skipped (${names})`,
    }),
};

/** The words of uploads and saves. */
export const transfersTexts = {
  label: 'Transfers',
  list: 'Uploads and saves',
  states,
  skipped,
  /** The last item of a list of names that leaves some out: "a, b, 3 more". */
  more: (count: number) => plural(count, { one: '# more', other: '# more' }),
  upload: 'Upload',
  save: 'Save',
  progress: (transferred: string, total: string) => `${transferred} of ${total}`,
  /** Puts short facts about the queue side by side. */
  facts: (facts: readonly string[]) => facts.join(' · '),
  /** How many of the wanted transfers are done. */
  doneOf: (done: string, wanted: string) => `${done} of ${wanted}`,
  timeLeft: (time: string) => `about ${time} left`,
  paused: 'Paused',
  stalled: (elapsed: string) => `no data for ${elapsed}`,
  waiting: 'waiting for OpenRouter',
  queued: (count: number) => plural(count, { one: '# queued', other: '# queued' }),
  done: (count: number) => plural(count, { one: '# done', other: '# done' }),
  failed: (count: number) => plural(count, { one: '# failed', other: '# failed' }),
  unknown: (count: number) => plural(count, { one: '# unknown', other: '# unknown' }),
  interrupted: (count: number) => plural(count, { one: '# interrupted', other: '# interrupted' }),
  asking: (count: number) => plural(count, { one: '# question', other: '# questions' }),
  cancelled: (count: number) => plural(count, { one: '# cancelled', other: '# cancelled' }),
  skippedCount: (count: number) => plural(count, { one: '# skipped', other: '# skipped' }),
  confirmedByListing: 'confirmed by listing',
  attempt: (attempt: string) => `attempt ${attempt}`,
  /** A sentence of one cause and what follows from it. */
  because: (cause: string, consequence: string) => `${cause}. ${consequence}`,
  nextTry: (countdown: string) => `Next try in ${countdown}.`,
  looking: 'Looking for it on OpenRouter.',
  stalledItem: (elapsed: string) => `No data for ${elapsed}.`,
  cancel: (name: string) => `Cancel ${name}`,
  retry: (name: string) => `Retry ${name}`,
  show: (name: string) => `Show ${name} in folder`,
  check: (name: string) => `Check again ${name}`,
  sendAgain: (name: string) => `Send again ${name}`,
  dismissItem: (name: string) => `Dismiss ${name}`,
  uploadAnyway: (name: string) => `Upload ${name} anyway`,
  skip: (name: string) => `Skip ${name}`,
  cancelShort: 'Cancel',
  checkShort: 'Check again',
  sendAgainShort: 'Send again',
  dismissItemShort: 'Dismiss',
  uploadAnywayShort: 'Upload anyway',
  skipShort: 'Skip',
  retryShort: 'Retry',
  showShort: 'Show in folder',
  cancelAll: 'Cancel all',
  clearFinished: 'Clear finished',
  retryAllFailed: 'Retry all failed',
  pause: 'Pause transfers',
  resume: 'Resume transfers',
  concurrency: 'Large files at once',
  concurrencyUnit: 'large files at once',
  questions,
  question,
  holds: {
    byCode: holdsByCode,
    meanings: {
      all: 'New transfers are on hold. Those in progress will finish.',
      uploads: 'New uploads are on hold. Those in progress will finish, and downloads continue.',
    },
    goesOn: (countdown: string) => `Resumes in ${countdown}`,
    tryNow: 'Try now',
    resume: 'Resume',
  },
  sendAgainDialog: {
    title: (name: string) => `Send ${name} again?`,
    risk: 'OpenRouter may hold it already. Sending it again may store a second copy.',
    advice: 'Check again first: if it is found there, nothing has to be sent.',
    cancel: 'Cancel',
    confirm: 'Send again',
  },
  lostRecords: {
    title: 'Part of the saved list of transfers could not be read',
    detail:
      'The damaged part was set aside. Unfinished transfers may be missing here: compare your files with the list.',
    dismiss: 'Dismiss',
  },
  collapse: 'Hide the list of transfers',
  expand: 'Show the list of transfers',
  overall: 'All transfers',
  dropLabel: 'Drop files to upload',
  dropDetail: (location: string) => `They go to ${location}. Folders keep their structure.`,
  dropNotice: 'Keep your own copies: an upload cannot be downloaded again.',
  noFilesToPaste: 'There are no files in the clipboard',
  noFilesToPasteDetail: 'Copy files in your file manager, then paste them here.',
  nothingToUpload: 'Nothing was uploaded',
  noFilesInside: 'This folder is empty.',
  noticeTitle: 'Keep your own copies',
  noticeDetail:
    'OpenRouter lets models read what you upload, but never gives it back: an upload cannot be downloaded again.',
  noticeAcknowledge: 'Got it',
  finishedUploads: (count: number) => plural(count, { one: '# file uploaded', other: '# files uploaded' }),
  finishedSaves: (count: number) => plural(count, { one: '# file saved', other: '# files saved' }),
  finishedFailures: (count: number) =>
    plural(count, { one: '# transfer failed', other: '# transfers failed' }),
  finishedUnknown: (count: number) =>
    plural(count, { one: '# upload may have arrived', other: '# uploads may have arrived' }),
  newQuestions: (count: number) =>
    plural(count, { one: '# file needs your decision', other: '# files need your decision' }),
};
